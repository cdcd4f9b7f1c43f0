from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "shared.post"
    label = "post"

    def ready(self) -> None:
        from shared.post import keys, tasks
        from shared.registry.provision import at_birth
        from varde.access import Permission
        from varde.tenancy import health
        from varde.ui.navigation import entry

        entry("region", 60, "Post", "/post", Permission.POST_STATUS, text="Brev mellom kontorene som er underveis.")
        at_birth(keys.give_first_key)
        health.register("post", tasks.broker_answers)
