from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "tenants.outreach"
    label = "outreach"

    def ready(self) -> None:
        from tenants.outreach import own_models  # noqa: F401  # a table of this room
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
        entry(
            "kommune",
            66,
            "Løst i tjenesten",
            "/informasjon/egne-saker",
            Permission.CONCERN_REGISTER,
            text="Registrer en sak som tjenesten har løst selv. Den telles for seg.",
        )
