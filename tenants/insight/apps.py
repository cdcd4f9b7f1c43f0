"""What the person concerned may see of what is kept about them."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "tenants.insight"
    label = "insight"

    def ready(self) -> None:
        from shared.merging import joining
        from tenants.cases import panels as case
        from tenants.inbox import due, returned_added
        from tenants.inbox import panels as inbox
        from tenants.insight import inquiry_anew, inquiry_panels, inquiry_queries, panels, queries, sent_back
        from tenants.triage import reminders
        from varde.access import Permission
        from varde.ui.navigation import entry

        joining.makes_anew(inquiry_anew.lay_all)
        case.on_top(panels.restricted_on_case)
        case.on_case(35, "Innsyn og innvendinger", panels.on_case, folded=True)
        case.on_timeline(panels.events)
        inbox.on_concern(1, panels.restricted)
        inbox.on_concern(70, panels.on_concern)
        returned_added.stays(sent_back.laid)
        due.on_today(panels.on_today)
        due.on_today(inquiry_panels.on_today)
        reminders.daily(queries.to_remind)
        reminders.daily(inquiry_queries.to_remind)
        entry(
            "kommune",
            46,
            "Krav om innsyn",
            "/innsyn",
            Permission.INBOX_READ,
            text="Noen vil se hva vi har om dem. Svar innen en måned.",
        )
        entry(
            "kommune",
            95,
            "Frister for innsyn",
            "/innsyn/frister",
            Permission.AUDIT_READ,
            text="Hvor mange krav om innsyn som venter, uten navn.",
        )
