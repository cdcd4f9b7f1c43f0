"""The folder that is copied out of the platform: one below it per office and holder, a locked PDF per day.

Without `VARDE_PACKS` there is none, and each holder fetches their own. Names say no person and no matter.
"""

import os
import shutil
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from varde.tenancy.door import OfficeRef

_PREFIX = "beredskap-"


def folder() -> Path | None:
    """Where packs are put, or nowhere."""
    return Path(settings.PACKS_DIR) if settings.PACKS_DIR else None


def name_of(holder_id: UUID) -> str:
    """The name of a holder's own folder."""
    return holder_id.hex[:8]


def put(ref: OfficeRef, holder_id: UUID, day: date, content: bytes) -> None:
    """The pack of a day, whole or not at all; one of the same day is replaced. OSError when it cannot be kept."""
    root = folder()
    if root is None:
        return
    own = root / ref.slug / name_of(holder_id)
    own.mkdir(parents=True, exist_ok=True, mode=0o750)
    half = own / f".{day.isoformat()}"
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(own / f"{_PREFIX}{day.isoformat()}.pdf")


def clear(ref: OfficeRef, holder_id: UUID) -> None:
    """Nothing of this holder lies there any more. OSError when something could not be taken away."""
    root = folder()
    own = root / ref.slug / name_of(holder_id) if root else None
    if own is not None and own.exists():
        shutil.rmtree(own)


def tidy(ref: OfficeRef, holders: Collection[UUID], today: date, keep_days: int) -> None:
    """What is older than it may be goes, and everything of those who have no pack any more."""
    root = folder()
    own = root / ref.slug if root else None
    if own is None or not own.is_dir():
        return
    wanted, oldest = {name_of(one) for one in holders}, today - timedelta(days=keep_days)
    for there in own.iterdir():
        if there.name not in wanted:
            shutil.rmtree(there, ignore_errors=True)
            continue
        for file in there.glob(f"{_PREFIX}*.pdf"):
            if file.stem.removeprefix(_PREFIX) <= oldest.isoformat():
                file.unlink(missing_ok=True)
