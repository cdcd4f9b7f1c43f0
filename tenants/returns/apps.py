from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "tenants.returns"
    label = "returns"

    def ready(self) -> None:
        from shared.contracts import ReleaseGiven, ReleaseWithdrawn
        from shared.post.handlers import register
        from tenants.kept import hooks as kept
        from tenants.outreach import figures
        from tenants.returns import gone, leaders_access, received_handlers
        from varde.access import Permission
        from varde.ui.navigation import entry

        register("kommune", ReleaseGiven, received_handlers.keep_release)
        register("kommune", ReleaseWithdrawn, received_handlers.keep_withdrawn)
        kept.before_gone(gone.why_not)
        kept.counted_by(gone.taken)
        figures.shown_by(leaders_access.of_year)
        entry(
            "kommune",
            70,
            "Statistikk",
            "/statistikk",
            Permission.RETURNS_SEE,
            text="Kommunens egne tall, og det som er sendt til regionen.",
        )
