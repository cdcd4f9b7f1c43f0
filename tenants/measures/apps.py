from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "tenants.measures"
    label = "measures"

    def ready(self) -> None:
        from tenants.cases import panels as case
        from tenants.measures import panels, queries
        from varde.access import Permission
        from varde.ui.navigation import entry

        case.on_case(10, "Tiltak", panels.on_case)
        case.on_timeline(panels.events)
        case.on_way("Tiltak", queries.reached)
        case.before_leaving(queries.held)
        entry("kommune", 40, "Tiltak", "/tiltak", Permission.CASES, text="Hva som skal gjøres, av hvem og når.")
