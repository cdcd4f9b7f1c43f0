from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "regional.dashboard"
    label = "dashboard"

    def ready(self) -> None:
        from varde.access import Permission
        from varde.ui.navigation import entry

        entry(
            "region",
            40,
            "Statistikk",
            "/statistikk",
            Permission.STATISTICS_READ,
            text="Regionens samlede tall, beskyttet.",
        )
