"""`varde migrate` and `varde check`."""

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from varde.cli_errors import Complaint, Parser
from varde.tenancy import fleet
from varde.tenancy.guard import refuse_mighty_login


def migrate(argv: list[str]) -> int:
    """Bring the shared schema, the templates and every office up to date."""
    Parser(prog="varde migrate", description="Oppdater alle skjema").parse_args(argv)
    changed = fleet.migrate(tell=print)
    print(f"{changed} skjema oppdatert" if changed else "Alt er oppdatert")
    return 0


def check(argv: list[str]) -> int:
    """Django's checks, and that the login has no more rights than it should."""
    Parser(prog="varde check", description="Sjekk oppsettet").parse_args(argv)
    problems = run_checks()
    try:
        refuse_mighty_login()
    except ImproperlyConfigured as error:
        raise Complaint(str(error)) from error
    for found in problems:
        print(found)
    print(f"{len(problems)} merknader")
    return 1 if any(found.is_serious() for found in problems) else 0
