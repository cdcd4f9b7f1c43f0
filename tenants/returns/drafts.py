"""A return before it is sent: may it be, what would it say, and is it the same as last time?"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from types import MappingProxyType
from typing import Any

from django.conf import settings

from shared.codes.periods import Quarter
from shared.contracts import Counts, Return, SinceStart
from shared.contracts.fields import LATER, to_json
from tenants.returns.counts import RegisteredCase, make_return
from tenants.returns.models import SentReturn
from varde.access import Reader
from varde.clock import now

_LATER = frozenset(one.name for one in fields(Counts) if one.metadata == LATER)


def is_over(quarter: Quarter, today: date) -> bool:
    """A quarter is counted when its last day has passed."""
    return quarter.last_day < today


def may_be_sent(quarter: Quarter, today: date) -> bool:
    """Only a quarter that is over; in the demo also the one that goes on, so that the whole way can be walked.

    Imported cases lie in past quarters and need no exception.
    """
    running = settings.MODE == "demo" and quarter.first_day <= today
    return running or is_over(quarter, today)


def drafted(
    quarter: Quarter,
    cases: list[RegisteredCase],
    started: date | None,
    by: Reader,
    gone: Mapping[Quarter, Counts] = MappingProxyType({}),
) -> Return:
    """The letter as it would be sent now; a kommune without a first day starts with the quarter. `gone`: what deleted
    cases counted."""
    return make_return(
        cases,
        quarters=[quarter],
        kommune_number=by.office.number,
        started_on=started or quarter.first_day,
        sent_at=now(),
        gone=gone,
    )


def content_of(letter: Return) -> dict[str, Any]:
    """The counts as JSON data, without the time of sending."""
    return {
        "counts": to_json(Counts, letter.counts, "counts"),
        "since_start": to_json(SinceStart, letter.since_start, "since_start"),
    }


def digest_of(letter: Return) -> str:
    """The same counts give the same digest, whenever they are sent."""
    whole = {"form": letter.form_version, "period": letter.period, "content": content_of(letter)}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def only_adds(letter: Return, before: SentReturn) -> bool:
    """Is what was sent before the same but for what it had no place for: fields of a later version of the letter, and
    questions among them that were not asked then? All that both have is equal."""
    earlier: Any = before.content
    if before.form != letter.form_version:
        return False
    return bool(_as_then(content_of(letter), earlier) == earlier)


def _as_then(content: Any, earlier: Any) -> Any:
    """The content without the later fields, and within them the keys, that the earlier one has not."""
    if not isinstance(content, dict) or not isinstance(earlier, dict):
        return content
    return {
        key: {name: one for name, one in value.items() if name in earlier[key]}
        if key in _LATER and isinstance(earlier[key], dict)
        else _as_then(value, earlier.get(key))
        for key, value in content.items()
        if key not in _LATER or key in earlier
    }
