"""The demo's provisioner: started when an order waits for it, gone when it is done. No process stays for it."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from varde.embedded.keeper import Command

EVERY = 2.0  # seconds between two looks at the orders
# What drift has approved, and what nobody has looked ahead at yet.
_WAITS = (
    'SELECT EXISTS (SELECT 1 FROM (SELECT DISTINCT ON ("order") state FROM orders_step'
    " ORDER BY \"order\", number DESC) newest WHERE state IN ('approved', 'agreed', 'working'))"
    " OR EXISTS (SELECT 1 FROM orders_order o WHERE o.kind = 'close_office'"
    ' AND NOT EXISTS (SELECT 1 FROM orders_step s WHERE s."order" = o.id))'
)


class OnDemand(Command):
    """A program that is started whenever something waits for it. Its keeper takes it for alive always."""

    def __init__(self, name: str, argv: Sequence[str], env: Mapping[str, str], log: Path, dsn: str) -> None:
        super().__init__(name, argv, env, log)
        self._dsn = dsn
        self._next = 0.0
        self._pause = EVERY

    def start(self) -> None:
        """Nothing yet: something must wait first."""

    def alive(self) -> bool:
        """Looks, and starts the program when it should run; True always."""
        if time.monotonic() >= self._next and not self.running():
            self._next = time.monotonic() + self._pause
            if self._waits():
                self.stop()
                super().start()
                self._pause = min(self._pause * 2, 60.0)  # one that ends without having done it is not hammered on
            else:
                self._pause = EVERY
        return True

    def running(self) -> bool:
        """Is it at work?"""
        return super().alive()

    def _waits(self) -> bool:
        try:
            with psycopg.connect(self._dsn, connect_timeout=2) as line:
                return bool((line.execute(_WAITS).fetchone() or (False,))[0])
        except psycopg.Error:  # no such table yet, or the database is being started again
            return False
