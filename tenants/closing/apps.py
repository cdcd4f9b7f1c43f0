from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "tenants.closing"
    label = "closing"

    def ready(self) -> None:
        from shared.contracts import CaseTransfer, Opened, TransferPiece
        from shared.post import ledger
        from shared.post.handlers import register
        from tenants.cases import panels as case
        from tenants.cases import queries as cases
        from tenants.closing import panels, today, transfer_handlers, transfer_ledger, transfer_panels, transfer_queries
        from tenants.closing.transfer_files_handlers import store_piece
        from tenants.inbox import due, facts, home, reporter_queries
        from tenants.inbox import panels as inbox
        from tenants.persons import elsewhere
        from varde.access import Permission
        from varde.ui.navigation import entry

        due.on_today(today.followups)
        case.on_case(20, "Avslutning", panels.on_case)
        case.on_timeline(panels.events)
        home.reopens_at(panels.reopening)
        entry(
            "kommune",
            45,
            "Oppfølging",
            "/oppfolging",
            Permission.CASES,
            text="Lukkede saker dere skal spørre om igjen.",
        )
        cases.leaves_out(transfer_queries.counted_there)
        # A matter comes from and goes to another kommune; what came along stands first.
        register("kommune", CaseTransfer, transfer_handlers.store_transfer)
        register("kommune", TransferPiece, store_piece)
        register("kommune", Opened, transfer_handlers.note_opened)
        ledger.lays("kommune", transfer_ledger.laid)
        inbox.on_concern(1, transfer_panels.dangers_on_concern)
        case.on_top(transfer_panels.dangers_on_case)
        facts.hide(transfer_queries.hidden_told)
        elsewhere.also_shut(transfer_queries.shut_in)
        reporter_queries.also_told(transfer_queries.written)
        inbox.on_concern(5, transfer_panels.arrived_on_concern)
        inbox.on_concern(90, transfer_panels.sent_on_concern)
        case.on_case(0, "Fra en annen kommune", transfer_panels.arrived_on_case)
        case.on_case(-1, "Overført", transfer_panels.sent_on_case)
        case.on_case(25, "Annen kommune", transfer_panels.way_on_case, folded=True)
        case.on_timeline(transfer_panels.events)
