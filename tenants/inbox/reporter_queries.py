"""Asking who reported, and who has been shown it. Who may ask is decided in `access`, why in `reporter_actions`."""

from tenants.inbox.models import Concern
from tenants.inbox.replies_models import ReporterLook
from varde.ui.gone import words

_FIELDS = (("Navn", "reporter_name"), ("Telefon", "reporter_phone"), ("Relasjon", "reporter_relation"))
CLOSED = "Melders navn er forseglet"
ANONYMOUS = "Melder er anonym"
NOT_GIVEN = "Melder har ikke oppgitt hvem det er"


def identity(concern: Concern) -> list[dict[str, str]]:
    """Who reported, as labels and values. Only for the answer to somebody who has just said why."""
    return [{"label": label, "value": words(concern, name)} for label, name in _FIELDS]


def is_given(concern: Concern) -> bool:
    """Has the reporter said anything of who they are?"""
    return any(fact["value"] for fact in identity(concern))


def closed_line(concern: Concern) -> str:
    """What stands where the name would stand."""
    if concern.anonymous:
        return f"{ANONYMOUS}. Det som er sagt om relasjonen, er forseglet." if is_given(concern) else ANONYMOUS
    return CLOSED if is_given(concern) else NOT_GIVEN


def looks(concern: Concern) -> list[ReporterLook]:
    """Who has seen it and why, the newest first."""
    return list(ReporterLook.objects.filter(concern=concern).order_by("-at"))
