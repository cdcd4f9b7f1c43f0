"""The leader team's meetings: planned, called, held, minuted, followed up."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "regional.meetings"
    label = "meetings"

    def ready(self) -> None:
        from regional.meetings import panels, tasks  # noqa: F401  # the task is found by its office
        from varde.access import Permission
        from varde.identity import start
        from varde.ui.navigation import entry

        start.on_start(panels.on_start)
        entry(
            "region",
            22,
            "Møter i lederteamet",
            "/lederteam/moter",
            Permission.LEADERS_READ,
            text="Neste møte, referater, og beslutninger som skal følges opp.",
        )
