from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "varde.identity"
    label = "identity"

    def ready(self) -> None:
        from varde.access.permissions import Permission
        from varde.ui.navigation import entry

        for kind in ("kommune", "region", "drift"):
            entry(
                kind,
                80,
                "Folk og roller",
                "/folk",
                Permission.PEOPLE_MANAGE,
                text="Gi folk konto og roller, og steng kontoer.",
            )
