"""`varde provisioner [--once]`: carries out what drift has approved, with the migrator's secret and for itself."""

import time
from importlib import import_module

from django.apps import apps

from shared.orders import work
from varde.cli_errors import Parser

PAUSE = 10.0  # seconds between two looks


def main(argv: list[str]) -> int:
    """Work off what is approved; without `--once` stay and look again."""
    parser = Parser(prog="varde provisioner", description="Utfører bestillingene som drift har godkjent")
    parser.add_argument("--once", action="store_true", help="avslutt når alt som er godkjent, er gjort")
    chosen = parser.parse_args(argv)
    work.refuse_servers()
    load_ways()
    while True:
        work.work_off(print)
        if chosen.once:
            return 0
        time.sleep(PAUSE)


def load_ways() -> None:
    """The code that carries out each kind of order: `carries_out` of the rooms. Nothing else loads it."""
    for room in apps.get_app_configs():
        for name in getattr(room, "carries_out", ()):
            import_module(name)
