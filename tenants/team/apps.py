from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "tenants.team"
    label = "team"

    def ready(self) -> None:
        from tenants.team import cards_models, register_queries  # noqa: F401  # a table of this room
        from varde.access.permissions import Permission
        from varde.identity import leaving
        from varde.ui.navigation import entry

        leaving.before(register_queries.keeps_role)
        entry(
            "kommune",
            51,
            "Teamet",
            "/team",
            Permission.TEAM_READ,
            text="Hvem som er i teamet, og hvilke tjenester som mangler.",
        )
        entry(
            "kommune",
            52,
            "Vaktliste",
            "/team/vakt",
            Permission.TEAM_READ,
            text="Hvem som svarer telefonen denne uken og neste.",
        )
        entry(
            "kommune",
            53,
            "Samarbeidsparter",
            "/team/partnere",
            Permission.TEAM_READ,
            text="Hvem dere kan ringe utenfor teamet, og hvilken taushetsplikt de har.",
        )
        entry(
            "kommune",
            58,
            "Handlingskort",
            "/team/handlingskort",
            Permission.TEAM_READ,
            text="Hva du gjør først, steg for steg.",
        )
