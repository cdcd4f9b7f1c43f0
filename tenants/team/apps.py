from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "tenants.team"
    label = "team"

    def ready(self) -> None:
        from varde.access.permissions import Permission
        from varde.ui.navigation import entry

        entry(
            "kommune",
            70,
            "Teamet",
            "/team",
            Permission.TEAM_READ,
            text="Hvem som er i teamet, og hvilke tjenester som mangler.",
        )
        entry(
            "kommune",
            70,
            "Vaktliste",
            "/team/vakt",
            Permission.TEAM_READ,
            text="Hvem som svarer telefonen denne uken og neste.",
        )
        entry(
            "kommune",
            71,
            "Samarbeidsparter",
            "/team/partnere",
            Permission.TEAM_READ,
            text="Hvem dere kan ringe utenfor teamet, og hvilken taushetsplikt de har.",
        )
