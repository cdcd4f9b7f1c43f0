from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "tenants.closing"
    label = "closing"

    def ready(self) -> None:
        from tenants.cases import panels as case
        from tenants.closing import panels

        case.on_case(20, "Avslutning", panels.on_case)
        case.on_timeline(panels.events)
