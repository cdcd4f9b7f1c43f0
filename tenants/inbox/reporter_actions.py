"""Who reported is closed, and shown for a reason that is kept: its code in the log, its words in the matter."""

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.inbox.replies_models import ReporterLook
from tenants.inbox.reporter_states import REASONS
from tenants.inbox.states import WrongMove
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.gone import words

_FIELDS = (("Navn", "reporter_name"), ("Telefon", "reporter_phone"), ("Relasjon", "reporter_relation"))
CLOSED = "Melders navn er lukket"
ANONYMOUS = "Melder er anonym"
NOT_GIVEN = "Melder har ikke oppgitt hvem det er"


class Refused(ValueError):
    """What cannot be done, as a Norwegian sentence."""


def identity(concern: Concern) -> list[dict[str, str]]:
    """Who reported, as labels and values. Only for the answer to somebody who has just said why."""
    return [{"label": label, "value": words(concern, name)} for label, name in _FIELDS]


def is_given(concern: Concern) -> bool:
    """Has the reporter said anything of who they are?"""
    return any(fact["value"] for fact in identity(concern))


def closed_line(concern: Concern) -> str:
    """What stands where the name would stand."""
    if concern.anonymous:
        return f"{ANONYMOUS}. Det som er sagt om relasjonen, er lukket." if is_given(concern) else ANONYMOUS
    return CLOSED if is_given(concern) else NOT_GIVEN


def looks(concern: Concern) -> list[ReporterLook]:
    """Who has seen it and why, the newest first."""
    return list(ReporterLook.objects.filter(concern=concern).order_by("-at"))


@transaction.atomic
def look(*, concern: Concern, reason: str, text: str, by: Reader) -> ReporterLook:
    """Note why this person is shown who reported. The log gets the code alone: the words might name somebody.

    Raises Refused without a reason of the list and some words, WrongMove before anybody has opened the concern.
    """
    require(by, Permission.INBOX_READ)
    if concern.progress == "received":
        raise WrongMove("Åpne bekymringen før du ser hvem som meldte.")
    if by.user_id is None or reason not in dict(REASONS) or not text.strip():
        raise Refused("Velg en grunn, og skriv kort hvorfor du må vite hvem som meldte.")
    row = ReporterLook(concern=concern, reason=reason, text=text, at=now(), by_user=by.user_id, by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.VIEW, what="inbox.reporter", ids=[concern.id], reason=dict(REASONS)[reason])
    return row
