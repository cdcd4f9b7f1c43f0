"""Where the locked file of an order lies until the office is gone. The web reads it; only the provisioner writes it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

from shared.orders.box import ids_of
from varde.privacy.keepsake import discard

_PIECE = 1024 * 1024


def path_of(order_id: UUID) -> Path:
    """VARDE_HOME/exports/<order>.varde"""
    return Path(settings.HOME) / "exports" / f"{order_id}.varde"


def draft_of(order_id: UUID) -> Path:
    """Beside it, until the file is whole."""
    return path_of(order_id).with_suffix(".draft")


def pieces(path: Path) -> Iterator[bytes]:
    """The file, a megabyte at a time."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def forget(order_id: UUID) -> None:
    """The file is the office's own now, or was never needed; what was begun of it goes too."""
    discard(path_of(order_id))
    discard(draft_of(order_id))


def lying() -> list[UUID]:
    """The orders that have a file, or what was begun of one."""
    folder = Path(settings.HOME) / "exports"
    return ids_of([*folder.glob("*.varde"), *folder.glob("*.draft")])
