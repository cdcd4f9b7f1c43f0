"""System matters that the kommuner raise: what the leader team does with them."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "regional.matters"
    label = "matters"

    def ready(self) -> None:
        from regional.matters import handlers, kept, panels
        from regional.matters import ledger as own
        from shared.contracts import SystemMatter
        from shared.post import ledger
        from shared.post.handlers import register
        from varde.access import Permission
        from varde.identity import start
        from varde.retention import registry
        from varde.ui.navigation import entry

        register("region", SystemMatter, handlers.keep)
        start.on_start(panels.on_start)
        ledger.keeps("region", own.held)
        registry.register("region", look=kept.look, run=kept.run)
        entry(
            "region",
            23,
            "Systemsaker",
            "/lederteam/systemsaker",
            Permission.LEADERS_READ,
            text="Det kommunene har tatt opp med lederteamet, og hva dere svarer.",
        )
