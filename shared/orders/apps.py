from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "shared.orders"
    label = "orders"
    # Loaded by the provisioner alone.
    carries_out = ("shared.orders.birth", "shared.orders.close")

    def ready(self) -> None:
        from shared.orders import leaving, queries
        from varde.access.permissions import Permission
        from varde.ui.navigation import entry

        entry(
            "drift",
            12,
            "Bestillinger",
            "/plattform/bestillinger",
            Permission.PLATFORM_READ,
            text="Nye kontorer, kontorer som skal avsluttes, og kommuner som slås sammen.",
        )
        leaving.before(leaving.still_bound, "kommune", "region", seen=True)
        leaving.before(queries.not_yet, "region", seen=True)
        for kind, us in (("kommune", "kommunen"), ("region", "regionen")):
            entry(
                kind,
                91,
                "Avslutte TryggEst her",
                "/avslutning",
                Permission.OFFICE_END,
                text=f"Når {us} slutter på plattformen: alt i én låst fil, og sletting med attest.",
            )
