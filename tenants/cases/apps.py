from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tenants.cases"
    label = "cases"

    def ready(self) -> None:
        from tenants.cases import actions, queries
        from tenants.triage import hooks
        from varde.access import Permission
        from varde.ui.navigation import entry

        hooks.on_decided(actions.on_decided)
        hooks.has_homes(queries.homes)
        entry("kommune", 30, "Saker", "/saker", Permission.CASES)
