from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "regional.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        from regional.cooperation import consequences, consequences_own, handlers, panels
        from shared.contracts import AgreementAnswer
        from shared.post.handlers import register
        from varde.access import Permission
        from varde.identity import start
        from varde.ui.navigation import entry

        register("region", AgreementAnswer, handlers.answered)
        start.on_start(panels.on_start)
        own = (
            consequences_own.letters,
            consequences_own.calls,
            consequences_own.phone,
            consequences_own.lent,
            consequences_own.money,
        )
        consequences.register(5, consequences_own.hosting)
        for place, tell in enumerate(own, start=1):
            consequences.register(place * 10, tell)
        entry(
            "region",
            30,
            "Samarbeid",
            "/samarbeid",
            Permission.COOPERATION_READ,
            text="Kommunene i regionen og avtalen: oppgaver, penger, utgaver, og hvem som blir med eller går ut.",
        )
        entry(
            "region",
            35,
            "Risikomaler",
            "/samarbeid/maler",
            Permission.TEMPLATES_SHARE,
            text="Send en mal for risikovurdering til kommunene, og se hvor langt den er kommet.",
        )
