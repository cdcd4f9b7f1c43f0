from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "tenants.risk"
    label = "risk"

    def ready(self) -> None:
        from tenants.cases import panels as case
        from tenants.inbox import due
        from tenants.risk import panels, today
        from varde.access import Permission
        from varde.ui.navigation import entry

        due.on_today(today.anew)
        case.on_case(8, "Risiko", panels.on_case)
        case.on_timeline(panels.events)
        entry(
            "kommune",
            82,
            "Risikomaler",
            "/risiko/maler",
            Permission.SETTINGS,
            text="Hvilken mal nye vurderinger bruker, og hvordan en ny legges inn.",
        )
