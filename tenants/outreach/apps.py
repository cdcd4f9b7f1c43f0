from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "tenants.outreach"
    label = "outreach"

    def ready(self) -> None:
        from tenants.inbox import languages
        from tenants.insight import sources
        from tenants.outreach import cards_models, cards_views, own_models, year_models  # noqa: F401  # tables too
        from varde.access.permissions import Permission
        from varde.ui.navigation import entry

        sources.not_gathered("outreach.yearwords", "Teamets vurdering av et år er ikke om noen i en sak.")
        sources.not_gathered("outreach.yearcopy", "Årsevalueringen er tall og ikke om noen i en sak.")
        languages.offered_by(cards_views.links)
        entry(
            "kommune",
            71,
            "Informasjon",
            "/informasjon",
            Permission.OUTREACH_SEE,
            text="Informasjonsarbeid, opplæring, plakater og årsevaluering.",
        )
        entry(
            "kommune",
            72,
            "Løst i tjenesten",
            "/informasjon/egne-saker",
            Permission.CONCERN_REGISTER,
            text="Registrer en sak som tjenesten har løst selv. Den telles for seg.",
        )
