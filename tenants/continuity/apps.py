"""What the team works from on a day when the platform is gone."""

from django.apps import AppConfig


class ContinuityConfig(AppConfig):
    name = "tenants.continuity"
    label = "continuity"

    def ready(self) -> None:
        from tenants.continuity import panels, tasks
        from tenants.inbox.shutting import on_shut_out
        from varde.access import Permission
        from varde.identity.start import on_start
        from varde.ui.navigation import entry

        on_shut_out(tasks.shut_out)
        on_start(panels.on_start)
        entry(
            "kommune",
            59,
            "Beredskap",
            "/beredskap",
            Permission.INBOX_READ,
            text="Pakken dere arbeider fra den dagen Varde ikke virker.",
        )
        entry(
            "kommune",
            83,
            "Beredskapspakker",
            "/team/beredskap",
            Permission.SETTINGS,
            text="Når pakkene lages, og hvem som har en.",
        )
