"""System matters that the team raises to the leader team."""

from django.apps import AppConfig


class RaisingConfig(AppConfig):
    name = "tenants.raising"
    label = "raising"

    def ready(self) -> None:
        from shared.contracts import SystemMatterAnswer
        from shared.post import ledger
        from shared.post.handlers import register
        from tenants.inbox import due
        from tenants.insight import sources
        from tenants.raising import handlers, kept, today
        from tenants.raising import ledger as own
        from varde.access import Permission
        from varde.retention import registry
        from varde.ui.navigation import entry

        register("kommune", SystemMatterAnswer, handlers.keep_answer)
        ledger.lays("kommune", own.laid)
        ledger.keeps("kommune", own.held)
        registry.register("kommune", look=kept.look, run=kept.run)
        due.on_today(today.waiting)
        for table in ("raised", "raisedword", "raiseddoubt"):
            sources.not_gathered(f"raising.{table}", "En systemsak handler ikke om noen. Den er lest gjennom for det.")
        entry(
            "kommune",
            73,
            "Systemsaker",
            "/systemsaker",
            Permission.MATTER_RAISE,
            text="Ta opp noe som ikke virker, med lederteamet i regionen, og se hva de svarer.",
        )
        entry(
            "kommune",
            84,
            "Oppsett av systemsaker",
            "/systemsaker/oppsett",
            Permission.SETTINGS,
            text="Om koordinatoren godkjenner før noe sendes, og hvor lenge systemsaker lagres.",
        )
