from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "shared.post"
    label = "post"

    def ready(self) -> None:
        from shared.merging import joining
        from shared.orders import leaving
        from shared.post import keys, ledger, queries, tasks
        from shared.post.notices import platform_staff
        from shared.registry.provision import at_birth
        from varde.access import Permission
        from varde.tenancy import health
        from varde.ui.navigation import entry

        for kind, order in (("region", 60), ("kommune", 88), ("drift", 20)):
            entry(kind, order, "Post", "/post", Permission.POST_STATUS, text="Mangler noe mellom kontorene?")
        ledger.alarms("drift", platform_staff)
        at_birth(keys.give_first_key)
        joining.carries(keys.hand_over)
        leaving.before(queries.not_yet, "kommune", "region", seen=True)
        leaving.at_the_end(keys.end_all)
        health.register("post", tasks.broker_answers)
