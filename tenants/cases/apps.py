from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tenants.cases"
    label = "cases"

    def ready(self) -> None:
        from tenants.cases import actions, panels, queries, views_form
        from tenants.inbox import access
        from tenants.triage import hooks
        from varde.access import Permission
        from varde.ui.navigation import entry

        access.narrow(queries.without_hidden)
        hooks.on_decided(actions.on_decided)
        hooks.has_homes(queries.homes)
        panels.on_case(15, "Registreringsskjema", views_form.form_panel)
        entry("kommune", 30, "Saker", "/saker", Permission.CASES, text="Åpne saker, neste steg og frister.")
