"""The table that the pre-project proposed for Gjøvikregionen, for the demo."""

import json
from pathlib import Path
from typing import Any

from regional.leaders.actions import Plan, set_table
from regional.leaders.queries import newest_table
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

_FILE = Path(__file__).parent / "data" / "rotation.json"


def seed(region: OfficeRef) -> bool:
    """Lay the proposal down in the region it was made for; False when it is there, or the region is another."""
    data: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    if data.pop("region") != region.slug:
        return False
    with work(region, "setup") as by:
        if newest_table() is not None:
            return False
        set_table(plan=Plan(**data), by=by)
    return True
