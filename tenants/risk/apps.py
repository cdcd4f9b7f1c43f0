from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "tenants.risk"
    label = "risk"

    def ready(self) -> None:
        from shared.contracts import TemplateOffer
        from shared.post.handlers import register
        from tenants.cases import panels as case
        from tenants.inbox import due, mistakes_queries
        from tenants.risk import discarding, handlers, panels, today
        from varde.access import Permission
        from varde.identity.start import on_start
        from varde.ui.navigation import entry

        register("kommune", TemplateOffer, handlers.keep_offer)
        on_start(panels.on_start)
        mistakes_queries.also(discarding.DRAFT)
        due.on_today(today.anew)
        case.on_case(8, "Risiko", panels.on_case)
        case.on_timeline(panels.events)
        entry(
            "kommune",
            82,
            "Risikomaler",
            "/risiko/maler",
            Permission.SETTINGS,
            text="Hvilken mal nye vurderinger bruker, og hvordan en ny legges inn.",
        )
