from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "regional.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        from varde.access import Permission
        from varde.ui.navigation import entry

        entry(
            "region",
            30,
            "Samarbeid",
            "/samarbeid",
            Permission.COOPERATION_READ,
            text="Kommunene i regionen, hvem som er vert, telefoner og åpningstider.",
        )
        entry(
            "region",
            35,
            "Risikomaler",
            "/samarbeid/maler",
            Permission.TEMPLATES_SHARE,
            text="Send en mal for risikovurdering til kommunene, og se hvor langt den er kommet.",
        )
