from django.apps import AppConfig


class LinesConfig(AppConfig):
    name = "regional.lines"
    label = "lines"

    def ready(self) -> None:
        from regional.lines import panels
        from regional.phone import facts
        from varde.access import Permission
        from varde.identity import start
        from varde.ui.navigation import entry

        start.on_start(panels.on_start)
        facts.count(30, "Kommuner der den som ringer nå, ikke får svar", panels.silent_now)
        entry(
            "region",
            12,
            "Drift av vakttelefonen",
            "/vakttelefon/drift",
            Permission.HOTLINE_MANAGE,
            text="Hvem som svarer nå, numre, hilsener, oppsett og hull i vaktlisten.",
        )
