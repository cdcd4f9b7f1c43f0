from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "shared.merging"
    label = "merging"
    # Loaded by the provisioner alone.
    carries_out = ("shared.merging.work",)

    def ready(self) -> None:
        from shared.merging import joining
        from shared.merging.rules import RULES
        from shared.merging.states import KIND
        from shared.orders.kinds import kind_has
        from varde.access.permissions import Permission
        from varde.identity.oidc import keys
        from varde.ui.navigation import entry

        kind_has(KIND, RULES)
        joining.carries(keys.hand_over)
        entry(
            "kommune",
            90,
            "Sammenslåing",
            "/sammenslaing",
            Permission.AGREEMENT_SAY,
            text="Når kommunen blir én med en annen: hva som skjer, og kommunens ja eller nei.",
        )
