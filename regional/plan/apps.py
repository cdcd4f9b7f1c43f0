from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "regional.plan"
    label = "plan"

    def ready(self) -> None:
        from regional.cooperation import consequences
        from regional.plan import panels
        from varde.access import Permission
        from varde.ui.navigation import entry

        consequences.register(160, panels.consequences)
        entry(
            "region",
            24,
            "Handlingsplan",
            "/lederteam/handlingsplan",
            Permission.LEADERS_READ,
            text="Det kommunene gjør sammen, og det hver gjør hjemme: mål, tiltak, frister og framdrift.",
        )
