from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "tenants.inbox"
    label = "inbox"

    def ready(self) -> None:
        from shared.contracts import ConcernHandover
        from shared.post.handlers import register
        from shared.registry.provision import at_birth
        from tenants.inbox import attachments_tasks, attachments_views, panels, receipts, search  # noqa: F401
        from tenants.inbox.handlers import store_handover
        from varde.access import Permission
        from varde.audit import hooks
        from varde.ui.navigation import entry

        register("kommune", ConcernHandover, store_handover)
        hooks.matter_hints(search.own_names)
        at_birth(receipts.give_key)
        panels.on_concern(5, attachments_views.panel)
        entry(
            "kommune",
            10,
            "Innboks",
            "/innboks",
            Permission.INBOX_READ,
            text="Bekymringer som er kommet inn, og de som venter på deg.",
        )
        entry("kommune", 12, "Søk", "/sok", Permission.INBOX_READ, text="Finn tidligere bekymringer om samme person.")
        entry(
            "kommune",
            11,
            "Registrer bekymring",
            "/innboks/ny",
            Permission.CONCERN_REGISTER,
            text="Skriv ned en bekymring som kom på telefon, i brev eller ansikt til ansikt.",
        )
