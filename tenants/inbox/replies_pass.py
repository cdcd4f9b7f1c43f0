"""A pass for whoever has shown a receipt: the code, closed, for some hours. Nothing is stored."""

import json
from datetime import datetime, timedelta

from varde.privacy.box import CannotOpen, close, is_from_before, open_box

PASS_LIFE = timedelta(hours=8)
_PURPOSE = "receipt"


def give_pass(code: str, moment: datetime) -> str:
    """Shown to whoever has just shown the receipt: good for writing back for some hours without the code, so that
    the limit on guessing codes never stops a message."""
    return close(json.dumps({"code": code, "until": (moment + PASS_LIFE).isoformat()}), purpose=_PURPOSE)


def code_of(given: str, moment: datetime) -> str:
    """The code behind a pass; "" for one that is over or none of ours.

    No pass was ever closed the old way: one that looks so is made up, and asks for no key that may not be at hand.
    """
    try:
        said = {} if not given or is_from_before(given) else json.loads(open_box(given, purpose=_PURPOSE))
    except CannotOpen:
        return ""
    return str(said["code"]) if said and datetime.fromisoformat(said["until"]) > moment else ""
