"""What people want done with the ledger, and that a second one says yes. The work itself is the worker's."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from regional.releases import words
from regional.releases.claims import TOO_MANY, too_many
from regional.releases.ledger import Kind
from regional.releases.models import EntryKind, Wish, WishState
from regional.releases.other_actions import check_rule, claimed, kommuner
from regional.releases.queries import told_openly
from regional.releases.wants import Close, NewRule, Outside, Release, Settle, Wanted, Withdraw, as_json
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.celery import Bell
from varde.clock import now
from varde.refusal import Refused, check_seen

WHAT = "releases.wish"
PREVIEW = "releases.preview"
BELL = Bell("releases.work_off")
OVER = "Dette er alt avgjort."
NOT_READY = "Utkastet er ikke klart ennå."
NOT_OWN = "Den som ba om dette, kan ikke godkjenne det selv. En annen må se på det."
SAME = "To kontoer med samme navn eller adresse regnes som én person. En annen må godkjenne."
NOT_LOOKED = "Åpne det og se på det før du godkjenner."
PERSON = "Bare et menneske kan be om dette."
CHANGED = "Det er laget på nytt siden du så på det. Se på det på nytt før du godkjenner."
BUSY = "Noen har alt bedt om dette, og det er ikke ferdig."
OPEN = (WishState.WAITING, WishState.READY, WishState.APPROVED)


def ask_close(*, period: str, without: bool, by: Reader) -> Wish:
    """Close a half-year; «uten» is for two. Raises Refused."""
    return _ask("closed", Close(period=period, without=without), by)


def ask_release(*, period: str, by: Reader) -> Wish:
    """Make a draft of all that a closed half-year offers. Raises Refused."""
    return _ask("release", Release(period=period), by)


def ask_withdraw(*, release: int, reason: str, by: Reader) -> Wish:
    """Show a release no more. Raises Refused, also for a reason that may tell of somebody."""
    return _ask("withdrawn", Withdraw(release=release), by, reason)


def ask_outside(
    *,
    question: str,
    kind: str,
    codes: tuple[str, ...],
    periods: tuple[str, ...],
    low: int,
    high: int | None,
    source: str,
    by: Reader,
    kommuner: tuple[str, ...] | None = None,
) -> Wish:
    """Others have published a figure; `source` says where everybody can read it. Never refused for what it says: the
    answer is the same whether it is so or not. Raises Refused for a figure that there is not, and one too many."""
    want = Outside(
        question=question, kind=kind, codes=tuple(codes), periods=tuple(periods), low=low, high=high,
        kommuner=tuple(sorted(kommuner)) if kommuner else None,
    )  # fmt: skip
    require(by, Permission.STATISTICS_RELEASE)
    claimed(told_openly(), want)
    asked = Wish.objects.filter(kind=EntryKind.OUTSIDE).exclude(state__in=[WishState.DROPPED, WishState.FAILED])
    if too_many(now(), list(asked.values_list("asked_at", flat=True))):
        raise Refused(TOO_MANY)
    return _ask("outside", want, by, source)


def ask_rule(*, threshold: int, coalition: int, min_contributors: int, by: Reader) -> Wish:
    """Another rule from now on. Raises Refused for one out of bounds."""
    want = NewRule(threshold=threshold, coalition=coalition, min_contributors=min_contributors)
    require(by, Permission.STATISTICS_RELEASE)
    check_rule(want, number=kommuner(told_openly()))
    return _ask("rule", want, by)


def ask_settle(*, because: str, by: Reader) -> Wish:
    """Take it to notice that something said is no longer safe. Raises Refused."""
    return _ask("settled", Settle(), by, because)


@transaction.atomic
def _ask(kind: Kind, want: Wanted, by: Reader, said: str | None = None) -> Wish:
    """Raises Refused for what is under way. One at a time: two who ask together do not both get it."""
    require(by, Permission.STATISTICS_RELEASE)
    if by.user_id is None:
        raise Refused(PERSON)
    text = None if said is None else words.checked(said, by)
    about: Any = as_json(kind, want)
    turn.wait_for("releases.ask")
    if Wish.objects.filter(kind=kind, about=about, state__in=OPEN).exists():
        raise Refused(BUSY)
    row = Wish(kind=kind, about=about, asked_at=now(), asked_by=by.user_id, asked_by_name=by.name[:200])
    row.save(force_insert=True)
    if text is not None:
        words.write(row.id, text, by)
    record(by=by, action=Action.CREATE, what=WHAT, ids=[row.id])
    transaction.on_commit(lambda: BELL.ring(by.office), robust=True)
    return row


@transaction.atomic
def approve(*, wish: UUID, seen: str, by: Reader) -> Wish:
    """A second person says yes to what they have opened (`seen`: its digest). Raises Refused, Overtaken."""
    require(by, Permission.STATISTICS_RELEASE)
    row = _held(wish)
    if row.state != WishState.READY:
        raise Refused(NOT_READY if row.state == WishState.WAITING else OVER)
    if by.user_id is None or by.user_id == row.asked_by:
        raise Refused(NOT_OWN)
    if row.asked_by is None or _asks("releases_same_person", row.asked_by, by.user_id):
        raise Refused(SAME)
    check_seen(seen, row.made_digest, CHANGED)
    if not _asks("releases_looked", row.id, row.made_digest):
        raise Refused(NOT_LOOKED)
    row.state, row.approved_at, row.approved_by, row.approved_by_name = (
        WishState.APPROVED, now(), by.user_id, by.name[:200],
    )  # fmt: skip
    row.save(update_fields=["state", "approved_at", "approved_by", "approved_by_name"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id])
    transaction.on_commit(lambda: BELL.ring(by.office), robust=True)
    return row


@transaction.atomic
def drop(*, wish: UUID, by: Reader) -> Wish:
    """It is not to be done after all, or the worker is to stop. What was made is not shown again; what a draft said is
    still known, and asked for anew it is the same. Raises Refused."""
    require(by, Permission.STATISTICS_RELEASE)
    row = _held(wish)
    if row.state not in (WishState.WAITING, WishState.READY) or by.user_id is None:
        raise Refused(OVER)
    row.state, row.made, row.made_digest = WishState.DROPPED, None, ""
    row.dropped_by, row.dropped_by_name = by.user_id, by.name[:200]
    row.save(update_fields=["state", "made", "made_digest", "dropped_by", "dropped_by_name"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id])
    return row


def preview(*, wish: UUID, by: Reader) -> Wish:
    """What lies ready, for those who may give out, while it waits; that they looked, and at what, stands in the log."""
    require(by, Permission.STATISTICS_RELEASE)
    row = Wish.objects.filter(pk=wish, state__in=[WishState.READY, WishState.APPROVED]).first()
    if row is None or row.made is None:
        raise Refused(NOT_READY)
    record(by=by, action=Action.VIEW, what=PREVIEW, ids=[row.id], reason=row.made_digest)
    return row


def _asks(function: str, *values: Any) -> bool:
    """What the database's own guard asks, so that the answer is a sentence and not an error."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", list(values))
        found = cursor.fetchone()
    return bool(found and found[0])


def _held(wish: UUID) -> Wish:
    row = Wish.objects.select_for_update().filter(pk=wish).first()
    if row is None:
        raise Refused(OVER)
    return row
