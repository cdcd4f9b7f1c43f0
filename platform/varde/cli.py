"""`varde`: one command for whoever runs the platform. Verbs live in their rooms and are loaded when asked for."""

import importlib
import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from varde.cli_errors import Complaint

Needs = Literal["nothing", "django", "owner"]


@dataclass(frozen=True, slots=True)
class Verb:
    """Where a verb's function lives, what must be at hand for it, and what it does in one line."""

    target: str
    needs: Needs
    help: str


VERBS: dict[str, Verb] = {
    "demo": Verb("varde.embedded.supervisor:main", "nothing", "hele plattformen på denne maskinen"),
    "migrate": Verb("varde.tenancy.cli:migrate", "owner", "oppdater alle kontorers skjema"),
    "provision": Verb("shared.registry.cli:provision", "owner", "opprett en region eller en kommune"),
    "provisioner": Verb("shared.orders.cli:main", "owner", "utfør bestillingene som drift har godkjent"),
    "open-export": Verb("shared.orders.export_cli:main", "nothing", "åpne filen som en kommune fikk med seg"),
    "user": Verb("varde.identity.cli:main", "django", "gi en person konto og rolle (engangslenke)"),
    "login-provider": Verb("varde.identity.oidc.cli:main", "django", "innlogging hos Entra ID, Ansattporten …"),
    "rotation": Verb("regional.leaders.rotation_cli:main", "nothing", "rullering av lederteamets plasser"),
    "disclosure": Verb("varde.disclosure_cli:main", "nothing", "tall som ikke røper noen: protect og audit"),
    "import-cases": Verb(
        "tenants.returns.import_cli:main", "django", "importer saker fra CSV gjennom vanlige handlinger"
    ),
    "returns": Verb("tenants.returns.cli:main", "django", "send tall til regionen, se hva som er sendt"),
    "report": Verb("regional.dashboard.cli:main", "django", "regionens rapport"),
    "post": Verb("shared.post.cli:main", "django", "brev underveis mellom kontorene"),
    "verify-log": Verb("varde.audit.cli:main", "owner", "er loggen hel?"),
    "seed-demo": Verb("varde.demo:main", "owner", "demodata (bare i demo)"),
    "keys": Verb("varde.privacy.cli:main", "owner", "nøklene: status, bytte, lukking av gamle rader, sletting"),
    "retention": Verb("varde.retention.cli:main", "django", "oppbevaring: tell opp, og slett det som er bekreftet"),
    "check": Verb("varde.tenancy.cli:check", "django", "er innstillinger og databaserettigheter trygge?"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; a complaint is one sentence on stderr and status 2."""
    args = list(sys.argv[1:] if argv is None else argv)
    if not args or args[0] in ("-h", "--help", "help"):
        print(_help())
        return 0
    verb = VERBS.get(args[0])
    if verb is None:
        print(f"varde: ukjent verb «{args[0]}». Se «varde --help».", file=sys.stderr)
        return 2
    try:
        return run(verb, args[1:])
    except Complaint as complaint:
        print(f"varde: {complaint}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1


def run(verb: Verb, args: list[str]) -> int:
    """Set up what the verb needs, load it and call it."""
    if verb.needs != "nothing":
        _find_installation(owner=verb.needs == "owner", only_help=bool({"-h", "--help"} & set(args)))
    module, _, name = verb.target.partition(":")
    status: int = getattr(importlib.import_module(module), name)(args)
    return status


def _find_installation(*, owner: bool, only_help: bool) -> None:
    """The running demo under VARDE_HOME, or in production the environment; then Django.

    Help needs no platform: it gets settings with keys of the moment, and no database is asked.
    """
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        from varde.embedded import load_env

        home = Path(os.environ.get("VARDE_HOME") or "var").resolve()
        if only_help:
            os.environ |= {"VARDE_SECRET_KEY": secrets.token_hex(), "VARDE_LOGIN_KEY": secrets.token_hex()}
        elif not load_env(home):
            raise Complaint(f"Ingen plattform kjører i {home}. Start «make demo», eller sett miljøet for produksjon.")
        os.environ["DJANGO_SETTINGS_MODULE"] = f"varde.settings.{os.environ.get('VARDE_MODE', 'demo')}"
        owners = home / "keys" / "migrator_password"
        if owner and owners.exists():
            os.environ.setdefault("VARDE_MIGRATOR_PASSWORD_FILE", str(owners))
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Complaint(str(error)) from error
    if not only_help:
        _answer_plainly()


def _answer_plainly() -> None:
    """A database that is not there is a sentence, not a traceback."""
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise Complaint("Får ikke kontakt med databasen. Kjører plattformen?") from error


def _help() -> str:
    lines = [f"  {name:<14}{verb.help}" for name, verb in VERBS.items()]
    return "\n".join(["varde VERB [valg]", "", *lines, "", "«varde VERB --help» viser valgene."])


if __name__ == "__main__":
    sys.exit(main())
