"""Reports to Bufdir and for the grant."""

from django.apps import AppConfig


class BufdirConfig(AppConfig):
    name = "regional.bufdir"
    label = "bufdir"

    def ready(self) -> None:
        from regional.bufdir.panels import on_start
        from varde.access import Permission
        from varde.identity import start
        from varde.ui.navigation import entry

        start.on_start(on_start)
        entry(
            "region",
            42,
            "Rapporter",
            "/bufdir",
            Permission.STATISTICS_READ,
            text="Rapport til Bufdir og tilskuddsrapport, laget av tall som er gitt ut.",
        )
