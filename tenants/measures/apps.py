from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "tenants.measures"
    label = "measures"

    def ready(self) -> None:
        from tenants.cases import panels as case
        from tenants.inbox import due, mistakes_queries
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
            today,
        )
        from varde.access import Permission
        from varde.audit import hooks
        from varde.ui.navigation import entry

        for find in (today.measures, today.unanswered, today.given):
            due.on_today(find)
        mistakes_queries.also(mistakes.CONTACT)
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
        entry("kommune", 40, "Tiltak", "/tiltak", Permission.CASES, text="Hva som skal gjøres, av hvem og når.")
        entry(
            "kommune",
            41,
            "Forespørsler",
            "/foresporsler",
            Permission.REQUESTS_ANSWER,
            text="Det TryggEst-teamet ber deg om. Du ser ingen saker.",
        )
