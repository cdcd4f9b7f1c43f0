"""A kommune on its way to an open phone, and its word on the agreement."""

from django.apps import AppConfig


class StartingConfig(AppConfig):
    name = "tenants.starting"
    label = "starting"

    def ready(self) -> None:
        from shared.contracts import AgreementNotice
        from shared.post.handlers import register
        from tenants.reporting.grant_sources import agreed_by
        from tenants.starting import agreement_grant, panels
        from tenants.starting.agreement_handlers import store_notice
        from varde.access import Permission
        from varde.identity.start import on_start
        from varde.ui.navigation import entry

        register("kommune", AgreementNotice, store_notice)
        on_start(panels.on_start)
        agreed_by(agreement_grant.agreed)
        entry(
            "kommune",
            80,
            "Oppstart",
            "/oppstart",
            Permission.STARTING,
            text="Stegene fram til telefonen er åpen, og det Bufdir venter av kommunen.",
        )
        entry(
            "kommune",
            81,
            "Samarbeidsavtale",
            "/samarbeidsavtale",
            Permission.STARTING,
            Permission.AGREEMENT_SAY,
            text="Avtalen med regionen: vilkårene, svaret vårt og historikken.",
        )
