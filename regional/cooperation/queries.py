"""The kommuner that work together, from the registry: public facts only; and what was handed out to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from regional.cooperation.agreement_queries import KommuneTerms, agreement, kommune_terms, settings, tasks, terms
from regional.cooperation.models import SharedTemplate, TemplateSent
from shared.post.models import Receipt
from shared.post.queries import receipts
from shared.registry.models import Office
from shared.registry.phones import phones
from shared.registry.queries import norwegian
from varde.access import Reader
from varde.clock import now

__all__ = [
    "KommuneTerms",
    "Standing",
    "agreement",
    "kommune_terms",
    "members",
    "missing",
    "settings",
    "standings",
    "tasks",
    "templates",
    "terms",
]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a template has come to a kommune: a sentence, its colour, and when."""

    kommune: str
    said: str
    color: str
    at: datetime | None


def members(by: Reader) -> list[Office]:
    """The region's kommuner, the host first, then by name; with the phone that their own pages show now."""
    rows = list(Office.objects.filter(region_id=by.office.id, kind="kommune", active=True))
    rings = phones(rows, now())
    for office in rows:
        office.phone, office.phone_hours = rings[office.id].number, rings[office.id].hours
    return sorted(rows, key=lambda office: (not office.host, norwegian(office.name)))


def templates() -> list[SharedTemplate]:
    """What the region has handed out, the newest first."""
    return list(SharedTemplate.objects.order_by("-made_at", "-id"))


def missing(template: SharedTemplate, kommuner: Iterable[Office]) -> list[Office]:
    """Those that the template was never sent to: they had no post key then, or joined later."""
    had = set(TemplateSent.objects.filter(template=template).values_list("kommune", flat=True))
    return [kommune for kommune in kommuner if kommune.id not in had]


def standings(rows: Iterable[SharedTemplate], kommuner: Iterable[Office]) -> dict[UUID, list[Standing]]:
    """For each template where it stands with each kommune."""
    found = list(TemplateSent.objects.filter(template__in=list(rows)))
    came = receipts(sent.letter_id for sent in found)
    by_place = {(sent.template_id, sent.kommune): sent for sent in found}
    return {row.id: [_standing(each, by_place.get((row.id, each.id)), came) for each in kommuner] for row in rows}


def _standing(kommune: Office, sent: TemplateSent | None, came: dict[UUID, Receipt]) -> Standing:
    if sent is None:
        return Standing(kommune.name, "Ikke sendt", "warning", None)
    receipt = came.get(sent.letter_id)
    if receipt is None:
        return Standing(kommune.name, "Sendt, ikke framme ennå", "info", sent.sent_at)
    if receipt.state == Receipt.State.UNREADABLE:
        return Standing(kommune.name, "Kunne ikke leses der", "danger", receipt.at)
    return Standing(kommune.name, "Framme", "success", receipt.at)
