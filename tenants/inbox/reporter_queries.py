"""Asking who reported, and who has been shown it. Who may ask is decided in `access`, why in `reporter_actions`.

reporter_queries.also_told(function)   function(concern) -> what a later room has written down of who reported
"""

from collections.abc import Callable
from datetime import datetime

from tenants.inbox.calls_models import Caller
from tenants.inbox.models import Concern
from tenants.inbox.replies_models import ReporterLook
from varde.access import Reader
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.ui.gone import GONE, words

_FIELDS = (("Navn", "reporter_name"), ("Telefon", "reporter_phone"), ("Relasjon", "reporter_relation"))
CLOSED = "Melders navn er forseglet"
ANONYMOUS = "Melder er anonym"
NOT_GIVEN = "Melder har ikke oppgitt hvem det er"
# A heading, and labels with values.
Written = tuple[str, list[dict[str, str]]]
_rooms: list[Callable[[Concern], list[Written]]] = []


def also_told(function: Callable[[Concern], list[Written]]) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _rooms:
        _rooms.append(function)


def written(concern: Concern) -> list[Written]:
    """What later rooms have of who reported. Only for the same answer as `identity`."""
    return [each for function in _rooms for each in function(concern)]


def identity(concern: Concern) -> list[dict[str, str]]:
    """Who reported, as labels and values. Only for the answer to somebody who has just said why."""
    return [{"label": label, "value": words(concern, name)} for label, name in _FIELDS]


def callers(concern: Concern) -> list[tuple[datetime, list[dict[str, str]]]]:
    """Who has rung about the matter since and said anything of who they are, when and who. Only for the same answer."""
    rows = list(Caller.objects.filter(concern=concern).order_by("at", "id"))
    open_together(rows)
    return [(row.at, said) for row in rows if (said := _of(row))]


def _of(row: Caller) -> list[dict[str, str]]:
    """Nothing of one who said only how the exposed is reached, or was never asked who they are."""
    try:
        said = [{"label": label, "value": str(row.told.get(name, ""))} for label, name in _FIELDS]
        return said if any(each["value"] for each in said) else []
    except Destroyed:
        return [{"label": "Navn", "value": GONE}]


def is_given(concern: Concern) -> bool:
    """Has the reporter, or anybody who rang about it, said anything of who they are, or the team written it down?"""
    return _is_told(concern) or bool(callers(concern)) or bool(written(concern))


def _is_told(concern: Concern) -> bool:
    return any(fact["value"] for fact in identity(concern))


def can_be_called(concern: Concern) -> bool:
    """Is there a number of whoever reported?"""
    return bool(words(concern, "reporter_phone"))


def closed_line(concern: Concern) -> str:
    """What stands where the name would stand."""
    if concern.anonymous:
        return f"{ANONYMOUS}. Det som er sagt om relasjonen, er forseglet." if _is_told(concern) else ANONYMOUS
    return CLOSED if _is_told(concern) or written(concern) else NOT_GIVEN


def has_looked(concern: Concern, by: Reader) -> bool:
    """Has this person been shown it?"""
    return by.user_id is not None and ReporterLook.objects.filter(concern=concern, by_user=by.user_id).exists()


def looks(concern: Concern) -> list[ReporterLook]:
    """Who has seen it and why, the newest first."""
    return list(ReporterLook.objects.filter(concern=concern).order_by("-at"))
