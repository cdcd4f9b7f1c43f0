from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "regional.releases"
    label = "releases"

    def ready(self) -> None:
        from regional.releases.pages_start import on_start
        from varde.access import Permission
        from varde.identity import start
        from varde.ui.navigation import entry

        start.on_start(on_start)
        entry(
            "region",
            41,
            "Gi ut tall",
            "/statistikk/utgivelser",
            Permission.STATISTICS_RELEASE,
            text="Lukk halvår, se på utkast og godkjenn tall sammen med en til.",
        )
