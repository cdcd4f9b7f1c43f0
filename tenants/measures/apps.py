from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "tenants.measures"
    label = "measures"

    def ready(self) -> None:
        from tenants.cases import panels as case
        from tenants.inbox.shutting import on_shut_out
        from tenants.measures import access, actions, panels, queries
        from varde.access import Permission
        from varde.audit import hooks
        from varde.ui.navigation import entry

        on_shut_out(actions.hand_on)
        hooks.tasks_of(access.tasks)
        case.on_case(10, "Tiltak", panels.on_case)
        case.on_timeline(panels.events)
        case.on_way("Tiltak", queries.reached)
        case.before_leaving(queries.held)
        entry("kommune", 40, "Tiltak", "/tiltak", Permission.CASES, text="Hva som skal gjøres, av hvem og når.")
