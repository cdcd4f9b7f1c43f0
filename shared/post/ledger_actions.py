"""A round of the ledger: what this office says of its letters, what it finds that does not fit, and who is told."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from shared.post import ledger, ledger_queries
from shared.post.actions import BELL
from shared.post.ledger_models import Again, Clearing, Finding, Round, Stated
from shared.post.ledger_rules import CLOCKS, KEPT_KINDS, STANDING, Found, Letter, Seen, compare
from shared.post.models import SealedLetter
from shared.registry.queries import office_by_id
from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.clock import OSLO, now
from varde.notify.mail import tell
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.turn import wait_for

REMIND = timedelta(hours=24)
EVERY = timedelta(minutes=15)


def round_when_due(ref: OfficeRef) -> None:
    """A round where the newest is a quarter old, or there is none: asked every minute."""
    with work(ref, "ledger") as by:
        newest = ledger_queries.newest_rounds().get(by.office.id)
        due = newest is None or not timedelta() <= ledger_queries.heard_now() - newest.heard_at < EVERY
    if due:
        make_round(ref)


def make_round(ref: OfficeRef) -> int:
    """State what is new, compare, keep what was found and tell of it; how many findings are open.

    The mail goes before the commit: whoever could not be told is told in the next round. One at a time in an office.
    All is by the database's clock, which every office has in common: a clock that was wrong for an hour hides nothing.
    """
    with work(ref, "ledger") as by:
        wait_for("post round")
        own, at = now(), ledger_queries.heard_now()
        _state(by, at)
        seen = ledger_queries.seen(by)
        found = compare(seen, at)
        if abs(at - own) > CLOCKS:
            found.add(Found("clock", by.office.id))
        still = _keep(found, by, at)
        _note_round(seen, found, by, own, at)
        _alarm(still, by, at)
        return len(still)


def _state(by: Reader, at: datetime) -> None:
    """Lay what this office has to say that differs from what it said last."""
    me, said = by.office.id, ledger_queries.own_words(by)
    letters = ledger_queries.letters(by)
    rows = [*_sent(by, said), *_came(by, letters, said)]
    Stated.objects.bulk_create(
        Stated(office=me, other=other, letter_id=letter, kind=kind, said=word, at=at)
        for letter, other, kind, word in rows
    )


type _Row = tuple[UUID, UUID, str, str]


def _sent(by: Reader, said: Mapping[UUID, dict[str, datetime]]) -> Iterable[_Row]:
    for letter, laid in ledger.all_laid(by).items():
        for word, is_so in (("laid", True), ("heard", laid.heard), ("moved", laid.moved)):
            if is_so and word not in said.get(letter, {}):
                yield letter, laid.to, laid.kind, word


def _came(by: Reader, letters: Mapping[UUID, Letter], said: Mapping[UUID, dict[str, datetime]]) -> Iterable[_Row]:
    """Of letters that this office has receipted, and of those that it once had."""
    stored = ledger_queries.stored(by)
    mine = {each.id: each for each in letters.values() if each.recipient == by.office.id and each.kind in KEPT_KINDS}
    wanted = [letter for letter in mine if letter in stored]
    stands = ledger.all_held(by, wanted)
    for letter in wanted:
        before = said.get(letter, {})
        newest = max((at, word) for word, at in before.items() if word in STANDING)[1] if STANDING & set(before) else ""
        word = stands.of(letter)
        if word != newest:
            yield letter, mine[letter].sender, mine[letter].kind, word
        if letter in stands.opened and "opened" not in before:
            yield letter, mine[letter].sender, mine[letter].kind, "opened"


def _finding_id(by: Reader, found: Found) -> UUID:
    return uuid.uuid5(by.office.id, f"{found.code} {found.other} {found.letter_id or ''}")


def _keep(found: Iterable[Found], by: Reader, at: datetime) -> list[Finding]:
    """The rows that are open now: new ones laid, old ones seen again, and those that are not found any more solved."""
    wanted = {_finding_id(by, each): each for each in found}
    known = {row.id: row for row in Finding.objects.filter(office=by.office.id, id__in=list(wanted))}
    open_ones = Finding.objects.filter(office=by.office.id, solved_at__isnull=True)
    gone = [row.id for row in open_ones if row.id not in wanted]
    if gone:
        Finding.objects.filter(id__in=gone).update(solved_at=at, last_at=at)
        record(by=by, action=Action.CHANGE, what="post.finding", ids=gone, reason="Løst")
    return [_seen_again(known.get(key), key, each, by, at) for key, each in wanted.items()]


def _seen_again(row: Finding | None, key: UUID, found: Found, by: Reader, at: datetime) -> Finding:
    if row is None or row.solved_at is not None:
        record(by=by, action=Action.CREATE, what="post.finding", ids=[key])
    if row is None:
        row = Finding(
            id=key,
            office=by.office.id,
            other=found.other,
            letter_id=found.letter_id,
            kind=found.kind,
            code=found.code,
            first_at=at,
            last_at=at,
        )
        row.save(force_insert=True)
        return row
    if row.solved_at is not None:
        row.first_at, row.told_at, row.solved_at = at, None, None
    row.last_at = at
    row.save(update_fields=["first_at", "last_at", "told_at", "solved_at"])
    return row


def _note_round(seen: Seen, found: Iterable[Found], by: Reader, own: datetime, at: datetime) -> None:
    """One row per office and day, the newest look in it."""
    numbers = ledger_queries.counted(seen, at)
    mine = sorted(str(each) for each in seen.letters)
    digest = hashlib.sha256("\n".join(mine).encode()).hexdigest()
    day = at.astimezone(OSLO).date()
    values = {
        "at": own,
        "heard_at": at,
        "sent": numbers.sent,
        "stored": numbers.stored,
        "opened": numbers.opened,
        "waiting": numbers.waiting,
        "oldest_at": numbers.oldest_at,
        "groups": {code: list(counts) for code, counts in numbers.groups.items()},
        "overdue": ledger.late(by, at),
        "missing": len({*found}),
        "digest": digest,
    }
    key = uuid.uuid5(by.office.id, f"round {day}")
    if not Round.objects.filter(id=key).update(**values):
        Round(id=key, office=by.office.id, day=day, **values).save(force_insert=True)


def _alarm(rows: Iterable[Finding], by: Reader, at: datetime) -> None:
    """Once, and again each day that it lasts; all of a round in one mail."""
    untold = [row.id for row in rows if row.told_at is None or at - row.told_at >= REMIND]
    if untold and tell("missing", to=ledger.whom(by), ref=by.office):
        Finding.objects.filter(id__in=untold).update(told_at=at)
        record(by=by, action=Action.SEND, what="post.finding", ids=untold)


@transaction.atomic
def redeliver(*, letter_ids: Iterable[UUID], by: Reader) -> int:
    """Ask that these letters be opened again by their recipients; how many are asked for now.

    A letter that is asked for already is not asked for twice; what the recipient still has stays one. Raises Refused
    when none of them lies in the post any more, and for what has come back and gone on: it is one elsewhere.
    """
    rows = list(SealedLetter.objects.filter(id__in=list(letter_ids)).defer("sealed"))
    if not rows:
        raise Refused("Brevet ligger ikke i posten lenger, så det kan ikke sendes på nytt. Ring kommunen.")
    moved = ledger_queries.moved(row.id for row in rows)
    rows = [row for row in rows if row.id not in moved]
    if not rows:
        raise Refused("Bekymringen er sendt tilbake derfra og går videre. Den kan ikke leveres dit på nytt.")
    waits = set(Again.objects.filter(done_at__isnull=True).values_list("letter_id", flat=True))
    asked = [row for row in rows if row.id not in waits]
    for row in asked:
        Again(letter_id=row.id, sender=row.sender, recipient=row.recipient, asked_by=by.office.id, at=now()).save(
            force_insert=True
        )
    record(by=by, action=Action.SEND, what="post.again", ids=[row.id for row in asked])
    for office in {row.recipient for row in asked}:
        transaction.on_commit(partial(BELL.ring, office_by_id(office)), robust=True)
    return len(asked)


def clear(ref: OfficeRef, days: int) -> None:
    """Ask the database to take letters to this office out of the post that are so old and that nobody needs.

    The row is its own log: it cannot be changed.
    """
    with work(ref, "ledger"):
        at = now()
        # Of office and moment: an id that tells nothing of what else was done before it.
        key = uuid.uuid5(ref.id, f"clearing {at.isoformat()}")
        Clearing(id=key, office=ref.id, before=at - timedelta(days=days), at=at).save()
