"""`varde migrate` and `varde check`."""

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from varde.cli_errors import Complaint, Parser
from varde.privacy.sealing import seal_old
from varde.tenancy import fleet
from varde.tenancy.directory import offices
from varde.tenancy.guard import refuse_bad_start


def migrate(argv: list[str]) -> int:
    """Bring the shared schema, the templates and every office up to date."""
    Parser(prog="varde migrate", description="Oppdater alle skjema").parse_args(argv)
    changed = fleet.migrate(tell=print)
    for ref in offices():
        sealed = sum(seal_old(ref))
        if sealed:
            print(f"{ref.name}: {sealed} rader fra før er forseglet")
    print(f"{changed} skjema oppdatert" if changed else "Alt er oppdatert")
    return 0


def check(argv: list[str]) -> int:
    """Django's checks, and what a start would be refused for: settings, places, logins and the database server."""
    Parser(prog="varde check", description="Sjekk oppsettet").parse_args(argv)
    problems = run_checks()
    try:
        refuse_bad_start()
    except ImproperlyConfigured as error:
        raise Complaint(str(error)) from error
    for found in problems:
        print(found)
    print(f"{len(problems)} merknader")
    return 1 if any(found.is_serious() for found in problems) else 0
