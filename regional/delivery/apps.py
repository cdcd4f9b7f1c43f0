from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "regional.delivery"
    label = "delivery"

    def ready(self) -> None:
        from regional.delivery import handlers, ledger, panels, queries, tasks
        from regional.hotline import late
        from regional.hotline import panels as hotline
        from regional.phone import facts, host
        from shared.contracts import EscalationNotice, Misrouted, Opened
        from shared.post import handlers as post
        from shared.post import ledger as book
        from varde.identity import start

        post.register("region", Opened, handlers.opened)
        post.register("region", Misrouted, handlers.returned)
        post.register("region", EscalationNotice, handlers.waited)
        post.settles("region", tasks.settle)
        book.lays("region", ledger.laid)
        book.keeps("region", ledger.held)
        book.waits("region", ledger.late)
        book.alarms("region", ledger.whom)
        start.on_start(panels.on_start)
        hotline.lay_above(panels.above_console)
        late.knows(queries.overdue_among)
        facts.count(60, "Kom tilbake", panels.waiting, "/vakttelefon/kom-tilbake")
        host.box(60, panels.on_host)
        _menu()


def _menu() -> None:
    from varde.access import Permission
    from varde.ui.navigation import entry

    entry(
        "region",
        12,
        "Kom tilbake",
        "/vakttelefon/kom-tilbake",
        Permission.HOTLINE,
        Permission.HOTLINE_MANAGE,
        text="Bekymringer som kom til feil kommune og skal videre.",
    )
    entry(
        "region",
        16,
        "Levering",
        "/vakttelefon/drift/levering",
        Permission.HOTLINE_MANAGE,
        text="Hva som er levert, åpnet og over frist i hver kommune.",
    )
