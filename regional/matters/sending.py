"""The letters back to the kommune that raised a matter."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Literal

from regional.matters.models import Matter, MatterWord
from regional.matters.register import looked
from shared.codes.screening import unanswered
from shared.contracts import SystemMatterAnswer
from shared.post.actions import send
from shared.post.keys import NoKey
from shared.registry.models import Office
from shared.registry.queries import office_by_id
from varde.access import Reader
from varde.clock import now
from varde.refusal import Refused

type Said = Literal["taken_in", "joined", "agenda", "question", "decided", "sent_back"]
NO_KEY = "Kommunen kan ikke ta imot brev nå. Ingenting er endret. Prøv igjen senere, eller ring koordinatoren der."
GONE = "Kontoret til kommunen er avsluttet, så ingen brev kommer fram. Ingenting er endret. Skriv et notat i stedet."


class Unreachable(Refused):
    """No letter reaches the kommune."""


def check_screened(text: str, reasons: Mapping[str, str], by: Reader) -> None:
    """Raise Refused while something was found in what is to be sent that nobody has said a reason for."""
    left = unanswered(looked(text, by), reasons)
    if left:
        raise Refused(f"Se over det som er merket først: {', '.join(kind.label.lower() for kind in left)}.")


def found_in(text: str, by: Reader) -> bool:
    """May it tell of somebody?"""
    return looked(text, by).found


def answer(
    row: Matter, said: Said, by: Reader, *, text: str = "", decision: str = "", measures: Sequence[str] = ()
) -> MatterWord:
    """Tell the kommune, and keep beside the matter what was said. Raises Refused when it cannot be reached."""
    at, letter_id = now(), uuid.uuid4()
    letter = SystemMatterAnswer(
        matter=row.theirs, said=said, text=text, meeting=row.meeting if said in ("agenda", "decided") else "",
        decision=decision, measures=tuple(measures), at=at,
    )  # fmt: skip
    if _closed(row.kommune):
        raise Unreachable(GONE)
    try:
        send(letter, to=office_by_id(row.kommune), by=by, id=letter_id, about=row.id)
    except NoKey as error:
        raise Unreachable(NO_KEY) from error
    word = MatterWord(
        matter=row, way="out", said=said, text=text, meeting=letter.meeting, decision=decision,
        measures={"measures": list(measures)} if measures else {}, at=at, made_by=by.user_id,
        by_name=by.name[:200], letter_id=letter_id,
    )  # fmt: skip
    word.save(force_insert=True)
    return word


def _closed(kommune: uuid.UUID) -> bool:
    closed: bool = Office.objects.filter(id=kommune, active=False, became__isnull=True).exists()
    return closed
