from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "regional.hotline"
    label = "hotline"

    def ready(self) -> None:
        from regional.hotline import access, callbacks_models, callbacks_retention, counts, keys, panels  # noqa: F401  # tables too
        from regional.phone import access as phone
        from regional.phone import facts
        from varde.access import Permission
        from varde.identity import drafts, start
        from varde.retention import registry
        from varde.ui import hotkeys
        from varde.ui.navigation import entry

        phone.goes_on(access.goes_on)
        drafts.while_readable(access.draft_readable)
        start.on_start(panels.on_start)
        facts.count(10, "Samtaler som ringer eller er tilbudt videre", counts.waiting)
        facts.count(11, "Ubesvarte anrop som ikke er ringt opp", counts.missed)
        facts.count(12, "Tilbakeringinger som venter", counts.callbacks)
        facts.count(13, "Bekymringer som er sendt, men ikke levert", counts.undelivered)
        facts.count(14, "Samtaler som står åpne uten noen", counts.left_open)
        registry.register("region", look=callbacks_retention.look, run=callbacks_retention.run)
        hotkeys.also("region", Permission.HOTLINE, keys.KEYS)
        entry(
            "region",
            10,
            "Vakttelefon",
            "/vakttelefon",
            Permission.HOTLINE,
            text="Ta imot samtaler og send bekymringer til rett kommune.",
        )
        entry(
            "region",
            15,
            "Tall fra vakttelefonen",
            "/vakttelefon/tall",
            Permission.HOTLINE_MANAGE,
            text="Hvor mange som ringer, og når. Uten innhold.",
        )
