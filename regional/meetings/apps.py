"""The leader team's meetings: planned, called, held, minuted, followed up."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "regional.meetings"
    label = "meetings"

    def ready(self) -> None:
        from regional.meetings import (
            leaving,
            panels,
            tasks,  # noqa: F401  # the task is found by its office
        )
        from shared.orders import leaving as office
        from varde.access import Permission
        from varde.identity import start
        from varde.ui.navigation import entry

        office.takes(leaving.parts, "region")
        start.on_start(panels.on_start)
        entry(
            "region",
            22,
            "Møter i lederteamet",
            "/lederteam/moter",
            Permission.LEADERS_READ,
            text="Neste møte, referater, og beslutninger som skal følges opp.",
        )
