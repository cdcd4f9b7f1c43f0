"""What a person says against what is written: laid beside the text, answered once, and a restriction ended."""

from dataclasses import dataclass

from django.db import transaction

from tenants.insight import gather
from tenants.insight.access import held, require_deciding
from tenants.insight.models import Statement
from tenants.insight.states import STATEMENT_KINDS, check_answer
from tenants.persons.models import Person
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused


@dataclass(frozen=True, slots=True)
class Word:
    """What the person says, of which kind, and about which item ("" for the matter as a whole)."""

    kind: str
    text: str
    item: str = ""


@transaction.atomic
def state(*, person: Person, word: Word, by: Reader) -> Statement:
    """Lay the person's word beside the text it is about; the text stays as it is.

    Raises Refused for an empty word, an unknown kind and an item that is not in the matter.
    """
    concern = held(by, person.concern)
    if word.kind not in dict(STATEMENT_KINDS) or not word.text.strip():
        raise Refused("Skriv hva personen sier.")
    about = gather.everything(concern, person).item(word.item) if word.item else None
    if word.item and about is None:
        raise Refused("Teksten finnes ikke i saken lenger. Velg en annen.")
    row = Statement(
        concern=concern,
        person=person,
        kind=word.kind,
        item=word.item,
        about=about.text if about else "",
        text=word.text,
        at=now(),
        by_name=by.name[:200],
    )
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="insight.statement", ids=[concern.id], reason=row.get_kind_display())
    return row


@transaction.atomic
def answer(*, statement: Statement, answer: str, reason: str, by: Reader) -> None:
    """Answer once. Raises Refused for an answer that does not fit, and when somebody has answered."""
    require_deciding(by, statement.concern)
    row = Statement.objects.select_for_update().get(pk=statement.pk)
    check_answer(row.kind, answer, reason)
    if row.answered_at is not None:
        raise Refused(f"{row.answered_by_name} har alt svart.")
    row.answer, row.reason, row.answered_at, row.answered_by_name = answer, reason, now(), by.name[:200]
    row.save(update_fields=["answer", "reason", "answered_at", "answered_by_name"])
    record(by=by, action=Action.CHANGE, what="insight.statement", ids=[row.concern_id], reason=row.get_answer_display())


@transaction.atomic
def end_restriction(*, statement: Statement, by: Reader) -> None:
    """The use is no longer restricted. Raises Refused when it is not."""
    require_deciding(by, statement.concern)
    row = Statement.objects.select_for_update().get(pk=statement.pk)
    if row.answer != "granted" or row.ended_at is not None:
        raise Refused("Bruken er ikke begrenset.")
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    record(by=by, action=Action.CHANGE, what="insight.statement", ids=[row.concern_id], reason="begrensning opphevet")
