from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "tenants.meeting"
    label = "meeting"

    def ready(self) -> None:
        from tenants.cases import panels as case
        from tenants.inbox import due
        from tenants.meeting import access, panels, today, workload
        from tenants.team.register import on_workload
        from varde.access import Permission
        from varde.audit import hooks
        from varde.ui.navigation import entry

        hooks.tasks_of(access.tasks)
        due.on_today(today.meetings)
        due.on_today(today.decisions)
        on_workload(10, "Åpne saker", workload.cases)
        on_workload(20, "Neste steg", workload.steps)
        on_workload(30, "Tiltak", workload.measures)
        case.on_timeline(panels.events)
        case.on_case(60, "Teammøte", panels.on_case, folded=True)
        entry("kommune", 45, "Møter", "/mote", Permission.CASES, text="Saklisten lages av det som haster og er nytt.")
