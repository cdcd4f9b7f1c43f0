from django.apps import AppConfig


class LeadersConfig(AppConfig):
    name = "regional.leaders"
    label = "leaders"

    def ready(self) -> None:
        from regional.cooperation import consequences
        from regional.leaders import leaving
        from varde.access import Permission
        from varde.ui.navigation import entry

        consequences.register(60, leaving.tell)
        entry(
            "region",
            20,
            "Lederteam",
            "/lederteam",
            Permission.LEADERS_READ,
            text="Plassene i lederteamet, hvem som har dem når, og hvem som sitter.",
        )
