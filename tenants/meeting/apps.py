from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "tenants.meeting"
    label = "meeting"

    def ready(self) -> None:
        from tenants.cases import panels as case
        from tenants.inbox import due, handing
        from tenants.inbox import panels as inbox
        from tenants.inbox.shutting import on_shut_out
        from tenants.joined import duties
        from tenants.meeting import (
            access,
            decision_actions,
            handing_parts,
            joined_parts,
            panels,
            queries,
            today,
        )
        from tenants.triage import reminders
        from varde.access import Permission
        from varde.audit import hooks
        from varde.ui.navigation import entry

        hooks.tasks_of(access.tasks)
        due.on_today(today.meetings)
        due.on_today(today.decisions)
        reminders.daily(queries.to_remind)
        on_shut_out(decision_actions.hand_on)
        handing.also(handing_parts.TASK)
        duties.on_open(joined_parts.tasks)
        inbox.on_concern(27, panels.tasks_on_concern)
        case.on_timeline(panels.events)
        case.on_case(9, "Bestemt i møte, ikke gjort", panels.tasks_on_case)
        case.before_leaving(panels.held)
        case.on_case(60, "Teammøte", panels.on_case, folded=True)
        entry("kommune", 50, "Møter", "/mote", Permission.CASES, text="Saklisten lages av det som haster og er nytt.")
