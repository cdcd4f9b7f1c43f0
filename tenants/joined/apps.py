"""Two matters that turn out to be one, and major matters that need a team of their own."""

from django.apps import AppConfig


class JoinedConfig(AppConfig):
    name = "tenants.joined"
    label = "joined"

    def ready(self) -> None:
        from tenants.cases import panels as case
        from tenants.cases import queries as cases
        from tenants.closing import after_queries
        from tenants.inbox import calls_known, due, shutting
        from tenants.inbox import panels as inbox
        from tenants.joined import (
            access,
            added_actions,
            added_panels,
            duties,
            duty_parts,
            panels,
            queries,
            today,
        )
        from varde.access import Permission
        from varde.audit import hooks as audit
        from varde.ui.navigation import entry

        audit.tasks_of(access.tasks)
        duties.on_open(duty_parts.measures)
        duties.on_open(duty_parts.requests)
        duties.on_open(duty_parts.links)
        duties.on_open(duty_parts.callbacks)
        duties.on_open(duty_parts.tellings)
        cases.leaves_out(queries.joined_cases)
        after_queries.goes_on_elsewhere(queries.gone_on)
        shutting.before_cover(queries.check_alone)
        shutting.shut_together(queries.shut_together)
        inbox.on_concern(30, panels.on_concern)
        case.on_case(6, "Slått sammen", panels.on_case)
        case.on_case(30, "Slå sammen med en annen", panels.way_on_case, folded=True)
        case.on_timeline(panels.events)
        calls_known.on_named(added_actions.tie)
        inbox.on_concern(29, added_panels.on_concern)
        case.on_top(added_panels.on_case)
        due.on_today(today.additions)
        entry(
            "kommune",
            31,
            "Store saker",
            "/stor-sak",
            Permission.TRIAGE,
            Permission.GLASS_APPROVE,
            text="Flere saker som hører sammen, for de få som må vite om dem.",
        )
