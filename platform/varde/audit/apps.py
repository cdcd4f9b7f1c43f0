from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "varde.audit"
    label = "audit"

    def ready(self) -> None:
        from varde.access.doors import on_refused
        from varde.access.permissions import Permission
        from varde.audit.actions import refused
        from varde.audit.first import on_start
        from varde.audit.trail import forget
        from varde.identity import start
        from varde.tenancy.backend.base import after_savepoint_rollback
        from varde.ui.navigation import entry

        start.on_start(on_start)
        after_savepoint_rollback.append(forget)
        on_refused.append(refused)
        for kind in ("kommune", "region", "drift"):
            entry(
                kind,
                95,
                "Innsynslogg",
                "/innsynslogg",
                Permission.AUDIT_READ,
                text="Hvem som har lest og endret hva. Uten innhold.",
            )
        entry(
            "kommune",
            93,
            "Kontroll av innsyn",
            "/innsynslogg/kontroll",
            Permission.AUDIT_REVIEW,
            text="Oppslag som skiller seg ut, og som noen uten oppgave i saken skal se på.",
        )
        entry(
            "kommune",
            94,
            "Hvem har sett?",
            "/innsynslogg/utskrift",
            Permission.AUDIT_EXTRACT,
            text="Skriv ut hvem som har sett i en sak, til den saken gjelder.",
        )
        for kind in ("kommune", "region", "drift"):
            entry(
                kind,
                96,
                "Loggens ankre",
                "/innsynslogg/anker",
                Permission.PEOPLE_MANAGE,
                Permission.SETTINGS,
                text="Hvor kontrolltallene for loggen sendes.",
            )
