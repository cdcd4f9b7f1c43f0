from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "tenants.outreach"
    label = "outreach"

    def ready(self) -> None:
        from varde.access.permissions import Permission
        from varde.ui.navigation import entry

        entry(
            "kommune",
            65,
            "Informasjon",
            "/informasjon",
            Permission.OUTREACH_SEE,
            text="Informasjonsarbeid, opplæring, plakater og årsevaluering.",
        )
