"""Watching the keys in a test: forget those that are open, and count how often the keeper is asked to open some."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection

from varde.privacy import keepers


def forget_keys() -> None:
    """As in the next transaction: nothing is open."""
    connection.run_on_commit.clear()


@contextmanager
def unwraps() -> Iterator[list[int]]:
    """Collects how many keys each call to the keeper opened."""
    calls: list[int] = []
    real = keepers.unwrap

    def counted(ref: Any, batch: Any) -> Any:
        calls.append(len(batch))
        return real(ref, batch)

    with patch.object(keepers, "unwrap", counted):
        yield calls
