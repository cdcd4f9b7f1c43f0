"""Second factors that were closed under the raw office key, before the office had data keys."""

from typing import Any

from allauth.mfa.models import Authenticator

from varde.privacy.box import close, is_from_before, open_box
from varde.privacy.errors import CannotOpen

PURPOSE = "mfa"


def left() -> int:
    """Rows of this office that still hold such a box."""
    return sum(_renewed(row.data) != row.data for row in Authenticator.objects.all())


def close_anew() -> int:
    """Close them under the office's data key for second factors; returns how many rows."""
    changed = 0
    for row in Authenticator.objects.select_for_update():
        data = _renewed(row.data)
        if data != row.data:
            row.data = data
            row.save(update_fields=["data"])
            changed += 1
    return changed


def _renewed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _renewed(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_renewed(each) for each in value]
    if not isinstance(value, str) or not is_from_before(value):
        return value
    try:
        return close(open_box(value, purpose=PURPOSE), purpose=PURPOSE)
    except CannotOpen:  # looks like a box and is none
        return value
