"""How long a matter is kept, its way to the archive, and its end."""

from django.apps import AppConfig


class KeptConfig(AppConfig):
    name = "tenants.kept"
    label = "kept"

    def ready(self) -> None:
        from shared.orders import leaving as registry_leaving
        from tenants.cases import panels as case
        from tenants.inbox import due, gone_receipts
        from tenants.inbox import panels as inbox
        from tenants.insight import hooks as insight
        from tenants.insight import sources
        from tenants.kept import insight_parts, leaving, panels, receipts, tasks, today
        from varde.access import Permission
        from varde.retention import registry
        from varde.ui.navigation import entry

        case.on_case(70, "Oppbevaring", panels.on_case, folded=True)
        inbox.on_concern(95, panels.on_concern)
        due.on_today(today.over)
        gone_receipts.answers(receipts.gone)
        registry.register("kommune", look=tasks.look, run=tasks.run)
        insight.kept_for(insight_parts.kept_for)
        sources.also(insight_parts.LONGER)
        sources.also(insight_parts.FILE)
        registry_leaving.before(leaving.not_yet, "kommune")
        registry_leaving.takes(leaving.parts, "kommune")
        entry(
            "kommune",
            48,
            "Klar for arkiv",
            "/oppbevaring",
            Permission.CASES,
            text="Lukkede saker der oppbevaringstiden er ute.",
        )
        entry(
            "kommune",
            83,
            "Lagringstider",
            "/team/oppbevaring",
            Permission.SETTINGS,
            Permission.AUDIT_REVIEW,
            text="Hvor lenge saker lagres, og hvem som har vedtatt det.",
        )
