from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "tenants.reporting"
    label = "reporting"

    def ready(self) -> None:
        from tenants.cases import panels
        from tenants.closing import registered
        from tenants.insight import sources
        from tenants.reporting import insight_parts, single_queries, single_views
        from varde.access import Permission
        from varde.ui.navigation import entry

        registered.said_by(single_queries.told_on)
        sources.also(insight_parts.WORDS)
        panels.on_case(24, "Anonym registrering", single_views.on_case, folded=True)
        entry(
            "kommune",
            72,
            "Rapport til Bufdir",
            "/bufdir",
            Permission.RETURNS_SEE,
            Permission.SETTINGS,
            text="Kommunens egen rapport for halvår og år, og de anonyme registreringene.",
        )
