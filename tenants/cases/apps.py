from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tenants.cases"
    label = "cases"

    def ready(self) -> None:
        from shared.merging import joining
        from tenants.cases import (
            access,
            actions,
            call_parts,
            duty_parts,
            inbox_parts,
            mistakes,
            panels,
            people_parts,
            queries,
            today,
            twins,
            views_form,
        )
        from tenants.inbox import calls_known, due, home, mistakes_queries, search_named
        from tenants.triage import hooks
        from varde.audit import hooks as audit

        joining.makes_anew(twins.name_twins)
        due.on_today(today.asked)
        audit.matters(access.matter_named)
        search_named.also_named(access.called)
        calls_known.writes(call_parts.write)
        audit.tasks_of(access.tasks)
        mistakes_queries.also(mistakes.NOTE)
        hooks.on_decided(actions.on_decided)
        hooks.has_homes(queries.homes)
        home.names_matters(queries.names)
        panels.on_top(people_parts.warnings)
        panels.on_top(inbox_parts.safe)
        panels.on_case(2, "Personer", people_parts.persons)
        panels.on_case(3, "Personens egen stemme", people_parts.voice)
        panels.on_case(5, "Plikter, politi og ansvar", duty_parts.duties)
        panels.on_timeline(duty_parts.events)
        panels.on_case(15, "Registreringsskjema", views_form.form_panel)
        panels.on_top(inbox_parts.unread)
        panels.on_case(1, "Ring tilbake", inbox_parts.callbacks)
        panels.before_leaving(inbox_parts.held)
        panels.before_leaving(duty_parts.held)
        panels.on_case(4, "Meldinger til og fra melderen", inbox_parts.talk)
        panels.on_case(7, "Vedlegg", inbox_parts.files)
        panels.on_timeline(inbox_parts.laid)
        _lists()
        _menu()


def _lists() -> None:
    from tenants.cases import handing_actions, handing_parts, views_list
    from tenants.inbox import handing
    from varde.identity import saved

    saved.listing(views_list.LISTING)
    handing.also(handing_parts.PLACE)
    handing.lets_in(handing_actions.let_in)


def _menu() -> None:
    from varde.access import Permission
    from varde.ui.navigation import entry

    entry(
        "kommune",
        47,
        "Nødåpning",
        "/nodapning",
        Permission.CASES,
        Permission.GLASS_APPROVE,
        text="Når noen må inn i en sak de ikke er på. Det tar to.",
    )
    entry("kommune", 30, "Saker", "/saker", Permission.CASES, text="Åpne saker, neste steg og frister.", keys="g s")
