from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "shared.registry"
    label = "registry"

    def ready(self) -> None:
        from shared.registry.provision import at_birth
        from varde.access.permissions import Permission
        from varde.privacy.box import give_key
        from varde.ui.navigation import entry

        at_birth(give_key)
        entry(
            "drift",
            10,
            "Kontorene",
            "/plattform",
            Permission.PLATFORM_READ,
            text="Kontorene på plattformen og om de er i gang.",
        )
