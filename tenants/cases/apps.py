from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tenants.cases"
    label = "cases"

    def ready(self) -> None:
        from tenants.cases import access, actions, panels, queries, views_form
        from tenants.triage import hooks
        from varde.access import Permission
        from varde.audit import hooks as audit
        from varde.ui.navigation import entry

        audit.matters(access.matter_named)
        audit.tasks_of(access.tasks)
        hooks.on_decided(actions.on_decided)
        hooks.has_homes(queries.homes)
        panels.on_case(15, "Registreringsskjema", views_form.form_panel)
        entry(
            "kommune",
            60,
            "Nødåpning",
            "/nodapning",
            Permission.CASES,
            Permission.GLASS_APPROVE,
            text="Når noen må inn i en sak de ikke er på. Det tar to.",
        )
        entry("kommune", 30, "Saker", "/saker", Permission.CASES, text="Åpne saker, neste steg og frister.")
