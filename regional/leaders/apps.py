from django.apps import AppConfig


class LeadersConfig(AppConfig):
    name = "regional.leaders"
    label = "leaders"

    def ready(self) -> None:
        from varde.access import Permission
        from varde.ui.navigation import entry

        entry(
            "region",
            20,
            "Lederteam",
            "/lederteam",
            Permission.LEADERS_READ,
            text="Plassene i lederteamet og hvem som har dem når.",
        )
