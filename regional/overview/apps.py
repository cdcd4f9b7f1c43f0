from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "regional.overview"
    label = "overview"

    def ready(self) -> None:
        from regional.overview.start import on_start
        from varde.access import Permission
        from varde.identity import start
        from varde.ui.navigation import entry

        start.on_start(on_start)
        entry(
            "region",
            20,
            "Oversikt",
            "/lederteam/oversikt",
            Permission.LEADERS_READ,
            text="Tall, levering, vakter, handlingsplan, møter og oppstart på én side.",
        )
