from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "shared.registry"
    label = "registry"

    def ready(self) -> None:
        from varde.access.permissions import Permission
        from varde.ui.navigation import entry

        entry("drift", 10, "Kontorene", "/plattform", Permission.PLATFORM_READ)
