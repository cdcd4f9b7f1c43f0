from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "tenants.returns"
    label = "returns"

    def ready(self) -> None:
        from varde.access import Permission
        from varde.ui.navigation import entry

        entry(
            "kommune",
            60,
            "Statistikk",
            "/statistikk",
            Permission.RETURNS_SEE,
            text="Kommunens egne tall, og det som er sendt til regionen.",
        )
