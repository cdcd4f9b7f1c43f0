"""`varde provisioner [--once]`: carries out what drift has approved, with the migrator's secret and for itself."""

import time

from shared.registry import order_birth as order_birth
from shared.registry import order_close as order_close
from shared.registry import order_merge as order_merge
from shared.registry import order_work
from varde.cli_errors import Parser

PAUSE = 10.0  # seconds between two looks


def main(argv: list[str]) -> int:
    """Work off what is approved; without `--once` stay and look again."""
    parser = Parser(prog="varde provisioner", description="Utfører bestillingene som drift har godkjent")
    parser.add_argument("--once", action="store_true", help="avslutt når alt som er godkjent, er gjort")
    chosen = parser.parse_args(argv)
    order_work.refuse_servers()
    while True:
        order_work.work_off(print)
        if chosen.once:
            return 0
        time.sleep(PAUSE)
