from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "tenants.inbox"
    label = "inbox"

    def ready(self) -> None:
        from shared.merging import joining
        from shared.registry.provision import at_birth
        from tenants.inbox import (
            attachments_mistakes,
            attachments_tasks,  # noqa: F401
            attachments_views,
            callbacks_access,
            callbacks_actions,
            callbacks_views,
            calls_tasks,  # noqa: F401
            due,
            due_views,
            mistakes_queries,
            panels,
            places_models,
            places_tasks,  # noqa: F401
            receipts,
            replies_queries,
            replies_withdrawn,
            safe_views,
            search,
            shutting,
            terms_anew,
            today,
        )
        from varde.audit import hooks
        from varde.identity import start

        search.also_in(places_models.PlaceTerm.objects.all)
        hooks.matter_hints(search.own_names)
        hooks.tasks_of(callbacks_access.tasks)
        at_birth(receipts.give_key)
        joining.carries(receipts.hand_over)
        joining.makes_anew(terms_anew.lay_all)
        mistakes_queries.also(replies_withdrawn.KIND)
        mistakes_queries.also(attachments_mistakes.FILE)
        panels.on_concern(1, safe_views.panel)
        panels.on_concern(5, attachments_views.panel)
        panels.on_concern(60, callbacks_views.panel)
        panels.in_list(60, "Melder", replies_queries.unread_in_list)
        shutting.on_shut_out(callbacks_actions.hand_on)
        start.on_start(due_views.on_start)
        for find in (today.callbacks, today.replies, today.calls, today.routines):
            due.on_today(find)
        _post()
        _lists()
        _menu()


def _post() -> None:
    """What comes and goes by letter."""
    from shared.contracts import ConcernHandover, Redirected, TestConcern
    from shared.post import ledger as book
    from shared.post.handlers import register
    from tenants.inbox import ledger, panels, returned_views
    from tenants.inbox.handlers import end_returned, store_handover, store_trial
    from varde.identity import start

    register("kommune", ConcernHandover, store_handover)
    register("kommune", Redirected, end_returned)
    register("kommune", TestConcern, store_trial)
    book.lays("kommune", ledger.laid)
    book.keeps("kommune", ledger.held)
    book.alarms("kommune", ledger.whom)
    panels.on_concern(2, returned_views.from_phone)
    panels.on_concern(50, returned_views.on_concern)
    start.on_start(returned_views.on_start)


def _lists() -> None:
    from tenants.inbox import callbacks_views, handing, handing_parts, views
    from varde.identity import saved

    saved.listing(views.LISTING)
    saved.listing(callbacks_views.LISTING)
    for kind in (handing_parts.CALLBACK, handing_parts.ROUTINE, handing_parts.COVER):
        handing.also(kind)


def _menu() -> None:
    from varde.access import Permission
    from varde.ui.navigation import entry

    entry("kommune", 1, "I dag", "/start", Permission.TRIAGE, Permission.CASES, keys="g d")
    entry(
        "kommune",
        10,
        "Innboks",
        "/innboks",
        Permission.INBOX_READ,
        text="Bekymringer som er kommet inn, og de som venter på deg.",
        keys="g i",
    )
    entry("kommune", 12, "Søk", "/sok", Permission.INBOX_READ, text="Tidligere bekymringer om samme person.", keys="/")
    entry(
        "kommune",
        11,
        "Registrer bekymring",
        "/innboks/ny",
        Permission.CONCERN_REGISTER,
        text="Skriv ned en bekymring som kom på telefon, i brev eller ansikt til ansikt.",
        keys="n",
    )
    entry(
        "kommune",
        9,
        "Samtale",
        "/innboks/samtale",
        Permission.CONCERN_REGISTER,
        text="Telefonen ringer: skriv mens dere snakker. Det lagres av seg selv.",
    )
    entry(
        "kommune",
        13,
        "Ring tilbake",
        "/innboks/ring-tilbake",
        Permission.INBOX_READ,
        text="Hvem vi har lovet å ringe, når, og hva som er trygt.",
    )
    entry(
        "kommune",
        82,
        "Lederkjede",
        "/team/lederkjede",
        Permission.SETTINGS,
        text="Hvem ansatte sier fra til når det haster.",
    )
