from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "shared.registry"
    label = "registry"

    def ready(self) -> None:
        from shared.registry import merging
        from shared.registry.provision import at_birth
        from varde.access.permissions import Permission
        from varde.identity.oidc import keys
        from varde.privacy.box import give_key
        from varde.ui.navigation import entry

        at_birth(give_key)
        merging.carries(keys.hand_over)
        entry(
            "drift",
            10,
            "Kontorene",
            "/plattform",
            Permission.PLATFORM_READ,
            text="Kontorene på plattformen og om de er i gang.",
        )
        entry(
            "drift",
            12,
            "Bestillinger",
            "/plattform/bestillinger",
            Permission.PLATFORM_READ,
            text="Nye kontorer, kontorer som skal avsluttes, og kommuner som slås sammen.",
        )
        entry(
            "kommune",
            91,
            "Avslutte TryggEst her",
            "/avslutning",
            Permission.AGREEMENT_SAY,
            text="Når kommunen slutter på plattformen: alt i én låst fil, og sletting med attest.",
        )
        entry(
            "kommune",
            90,
            "Sammenslåing",
            "/sammenslaing",
            Permission.AGREEMENT_SAY,
            text="Når kommunen blir én med en annen: hva som skjer, og kommunens ja eller nei.",
        )
