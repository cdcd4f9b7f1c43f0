"""The end of an office's keys: every half outside the database, and with it whatever any backup still holds."""

import shutil
from pathlib import Path

from django.conf import settings

from varde.privacy.keepsake import discard
from varde.tenancy.door import OfficeRef


def end_office(ref: OfficeRef) -> int:
    """Destroy every file that carries the office's id: the halves of all data keys, its own keys, post keys and what
    receipts are worked out from, whatever folder a room keeps them in; how many went.

    A transit service keeps its key for itself: without the halves it opens nothing, and its owner may remove it.
    """
    gone = 0
    for kind in [each for each in Path(settings.KEYS_DIR).iterdir() if each.is_dir()]:
        own = kind / str(ref.id)
        files = [kind / f"{ref.id}.key", *(path for path in own.rglob("*") if path.is_file())]
        gone += sum(discard(path) for path in files)
        if own.is_dir():
            shutil.rmtree(own)
    return gone
