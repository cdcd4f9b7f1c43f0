from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "tenants.triage"
    label = "triage"

    def ready(self) -> None:
        from shared.post import ledger
        from tenants.inbox import calls_known, due, home
        from tenants.inbox.panels import in_list, on_concern
        from tenants.inbox.shutting import on_shut_out
        from tenants.triage import (
            actions,
            call_parts,
            duties_panels,
            duties_today,
            overdue_queries,
            overdue_tasks,  # noqa: F401
            panels,
            reopen_views,
            tell_actions,
            tell_queries,
            today,
        )
        from varde.audit import hooks

        ledger.waits("kommune", overdue_queries.late)
        self._lists()
        self._rows()
        home.reopens_at(reopen_views.address)
        calls_known.writes(call_parts.write)
        due.on_today(today.steps)
        due.on_today(today.undecided)
        due.on_today(duties_today.tellings)
        due.on_today(duties_today.unweighed)
        hooks.tasks_of(tell_queries.tasks)
        due.on_today(today.handed_over)
        on_concern(20, panels.on_concern)
        on_concern(25, duties_panels.on_concern)
        on_shut_out(actions.hand_on)
        on_shut_out(tell_actions.hand_on)
        in_list(20, "Kategori", panels.categories_in_list)
        in_list(21, "Neste steg", panels.due_in_list)
        self._menu()

    def _lists(self) -> None:
        from tenants.inbox import forms_list, handing
        from tenants.triage import filter_parts, handing_parts, views
        from varde.identity import saved

        saved.listing(views.LISTING)
        for part in (filter_parts.URGENCY, filter_parts.OWNER, filter_parts.DEADLINE):
            forms_list.PARTS.add(part)
        handing.also(handing_parts.STEP)
        handing.also(handing_parts.TELLING)

    def _rows(self) -> None:
        from tenants.inbox import mistakes_queries, returned_added
        from tenants.triage import checklist_mistakes, notes_mistakes, notes_queries, reminded_queries, reminders

        mistakes_queries.also(notes_mistakes.NOTE)
        returned_added.follows(notes_queries.to_follow)
        mistakes_queries.also(checklist_mistakes.CALL)
        reminders.daily(reminded_queries.tellings)
        reminders.daily(reminded_queries.handed_over)

    def _menu(self) -> None:
        from varde.access import Permission
        from varde.ui.navigation import entry

        entry(
            "kommune",
            14,
            "Frister",
            "/frister",
            Permission.TRIAGE,
            Permission.CASES,
            text="Det som har passert fristen eller nærmer seg.",
        )
        entry(
            "kommune",
            25,
            "Drøftinger",
            "/droftinger",
            Permission.TRIAGE,
            text="Når noen vil drøfte en situasjon uten å si hvem det gjelder.",
        )
        entry(
            "kommune",
            80,
            "Frister per kategori",
            "/team/frister",
            Permission.SETTINGS,
            text="Hvor lang tid hver kategori har.",
        )
        entry(
            "kommune",
            80,
            "Sjekkliste",
            "/team/sjekkliste",
            Permission.SETTINGS,
            text="Når en sak er akutt, og hva dere spør om i avklaringen.",
        )
