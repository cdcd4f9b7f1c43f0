from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "regional.hotline"
    label = "hotline"

    def ready(self) -> None:
        from regional.hotline import panels
        from regional.hotline.handlers import note_opened
        from shared.contracts import Opened
        from shared.post.handlers import register
        from varde.access import Permission
        from varde.identity import start
        from varde.ui.navigation import entry

        register("region", Opened, note_opened)
        start.on_start(panels.on_start)
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
