from django.apps import AppConfig


class MachinesConfig(AppConfig):
    name = "varde.machines"
    label = "machines"

    def ready(self) -> None:
        from varde.access import Permission
        from varde.ui.navigation import entry

        entry(
            "region",
            84,
            "Maskiner",
            "/maskiner",
            Permission.HOTLINE_MANAGE,
            text="Nøkler for telefonsystemet og andre systemer.",
        )
