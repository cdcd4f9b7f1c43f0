from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "tenants.measures"
    label = "measures"

    def ready(self) -> None:
        from tenants.cases import panels as case
        from tenants.inbox import due, mistakes_queries
        from tenants.inbox import panels as inbox
        from tenants.inbox.shutting import on_shut_out
        from tenants.measures import (
            access,
            actions,
            mistakes,
            panels,
            queries,
            requests_access,
            requests_actions,
            requests_queries,
            sharing_actions,
            today,
        )
        from tenants.triage import hooks as triage
        from varde.audit import hooks

        self._lists()
        for find in (today.measures, today.unanswered, today.given):
            due.on_today(find)
        mistakes_queries.also(mistakes.CONTACT)
        inbox.on_concern(22, panels.early_on_concern)
        triage.on_decided(sharing_actions.matter_decided)
        on_shut_out(actions.hand_on)
        on_shut_out(requests_actions.hand_on)
        hooks.tasks_of(access.tasks)
        hooks.tasks_of(requests_access.tasks)
        case.on_case(10, "Tiltak", panels.on_case)
        case.on_case(11, "Trygghetsplan", panels.safety_on_case)
        case.on_case(12, "Forespørsler til andre", panels.requests_on_case, folded=True)
        case.on_case(13, "Delt ut av teamet", panels.sharing_on_case, folded=True)
        case.on_timeline(panels.events)
        case.on_timeline(panels.plan_events)
        case.on_timeline(panels.outward_events)
        case.on_timeline(panels.again_events)
        case.on_way("Tiltak", queries.reached)
        case.before_leaving(queries.held)
        case.before_leaving(requests_queries.held)
        self._menu()

    def _lists(self) -> None:
        from tenants.cases import filters_queries
        from tenants.inbox import handing
        from tenants.measures import forms_list, handing_parts, views
        from varde.identity import saved

        saved.listing(views.LISTING)
        filters_queries.PARTS.add(forms_list.PARTNER)
        handing.also(handing_parts.MEASURE)
        handing.also(handing_parts.REQUEST)

    def _menu(self) -> None:
        from varde.access import Permission
        from varde.ui.navigation import entry

        entry("kommune", 40, "Tiltak", "/tiltak", Permission.CASES, text="Hva som skal gjøres, av hvem og når.")
        entry(
            "kommune",
            41,
            "Forespørsler",
            "/foresporsler",
            Permission.REQUESTS_ANSWER,
            text="Det TryggEst-teamet ber deg om. Du ser ingen saker.",
        )
