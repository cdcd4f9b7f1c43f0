"""Words back and forth about a matter that the leader team has, and its end from the kommune's side."""

from collections.abc import Mapping

from django.db import transaction

from shared.codes.screening import Look
from tenants.raising import notices, queries, register, sending, states
from tenants.raising.models import Raised, RaisedWord
from tenants.raising.rows import WHAT, held
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused


@transaction.atomic
def say(*, raised: Raised, text: str, reasons: Mapping[str, str], by: Reader, closes: bool = False) -> RaisedWord:
    """Write to the leader team about a matter it has; `closes` ends the matter from our side.

    Screened as the matter itself. What must be approved waits for the coordinator. Raises Refused.
    """
    require(by, Permission.MATTER_RAISE)
    row = held(raised, None)
    states.check_theirs(row.state)
    if not text.strip():
        raise Refused("Skriv noe til lederteamet.")
    found = register.looked({queries.WORD: text}, by)
    sending.check_screened(found, reasons)
    said = "closed" if closes else "more"
    word = RaisedWord(raised=row, way="out", said=said, text=text, at=now(), made_by=by.user_id, by_name=by.name[:200])
    waits = queries.must_be_approved(by)
    if not waits:
        sending.post_word(row, word, found.counts, by)
    word.save(force_insert=True)
    sending.keep_doubts(row, found, reasons, by, word)
    if waits:
        notices.to_approve(by)
    else:
        _went(row, word)
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id], reason="skrevet til lederteamet")
    return word


@transaction.atomic
def withdraw(*, raised: Raised, by: Reader, seen: str | None = None) -> RaisedWord:
    """It tells of somebody after all: it is over, and its text goes at the region as soon as the letter is there.

    Nobody need approve it, for it carries no text. Raises Refused.
    """
    require(by, Permission.MATTER_RAISE)
    row = held(raised, seen)
    states.check_there(row.state)
    word = RaisedWord(raised=row, way="out", said="withdrawn", at=now(), made_by=by.user_id, by_name=by.name[:200])
    sending.post_word(row, word, {}, by)
    word.save(force_insert=True)
    _went(row, word)
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id], reason="trukket: personopplysninger")
    return word


@transaction.atomic
def approve_word(*, word: RaisedWord, reasons: Mapping[str, str], by: Reader) -> None:
    """The coordinator has read what a team member wrote, and sends it.

    It is screened once more by what the coordinator's register knows, and what is found is answered for anew. Raises
    Refused.
    """
    row = _for_approval(word, by)
    states.check_theirs(row.state)
    fresh = RaisedWord.objects.select_for_update().get(pk=word.pk)
    if not fresh.waits:
        raise Refused("Den er alt sendt.")
    found = looked_again(fresh, by)
    sending.check_screened(found, reasons)
    sending.keep_doubts(row, found, reasons, by, fresh)
    sending.post_word(row, fresh, found.counts, by)
    fresh.save()
    _went(row, fresh)
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id], reason="godkjent og sendt")


@transaction.atomic
def refuse_word(*, word: RaisedWord, by: Reader) -> None:
    """It is not sent: it stays with the kommune's own words, so that whoever wrote it sees what became of it."""
    row = _for_approval(word, by)
    fresh = RaisedWord.objects.select_for_update().get(pk=word.pk)
    if not fresh.waits:
        raise Refused("Den er alt sendt.")
    fresh.way, fresh.said = "own", "refused"
    fresh.save()
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id], reason="ikke sendt")


@transaction.atomic
def mark_read(*, raised: Raised, by: Reader) -> None:
    """What came from the leader team has been read."""
    require(by, Permission.MATTER_RAISE)
    row = held(raised, None)
    row.read_at = now()
    row.save(update_fields=["read_at"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id], reason="lest")


def looked_again(word: RaisedWord, by: Reader) -> Look:
    """What whoever approves finds in it."""
    return register.looked(queries.texts_of_word(word), by)


def _for_approval(word: RaisedWord, by: Reader) -> Raised:
    require(by, Permission.MATTER_RAISE)
    if not queries.may_approve(by):
        raise Refused("Bare koordinatoren kan godkjenne.")
    return held(word.raised, None)


def _went(row: Raised, word: RaisedWord) -> None:
    """Whoever writes back has read what came."""
    row.read_at = row.changed_at = now()
    if word.said in ("closed", "withdrawn"):
        row.state, row.over_at = states.CLOSED, now()
    row.version += 1
    row.save()
