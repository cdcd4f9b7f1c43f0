"""What an office may see for the ledger: its letters, its own and its counterparts' words, and the rounds near it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from shared.post.ledger_models import Finding, Round, Stated
from shared.post.ledger_rules import GROUPS, Heard, Letter, Seen, Word
from shared.post.models import Receipt, SealedLetter
from shared.registry.models import Office
from shared.registry.queries import all_offices, kommuner_of, region_of
from varde.access.reader import Reader
from varde.clock import now, wall
from varde.tenancy.door import OfficeRef

DAY = timedelta(days=1)


def letters(by: Reader) -> dict[UUID, Letter]:
    """The outsides of all letters from and to this office that lie in the post."""
    rows = SealedLetter.objects.values_list("id", "kind", "sender", "recipient", "sent_at")
    return {row[0]: Letter(*row) for row in rows if by.office.id in (row[2], row[3])}


def stored(by: Reader) -> set[UUID]:
    """Letters that this office has receipted as stored."""
    return set(Receipt.objects.filter(recipient=by.office.id, state="stored").values_list("id", flat=True))


def own_words(by: Reader) -> dict[UUID, dict[str, datetime]]:
    """What this office has said of each letter, with the newest time of each word."""
    found: dict[UUID, dict[str, datetime]] = {}
    rows = Stated.objects.filter(office=by.office.id).order_by("at").values_list("letter_id", "said", "at")
    for letter, said, at in rows:
        found.setdefault(letter, {})[said] = at
    return found


def moved(letter_ids: Iterable[UUID]) -> set[UUID]:
    """Those that came back from where they were sent, as their sender says."""
    return set(Stated.objects.filter(letter_id__in=list(letter_ids), said="moved").values_list("letter_id", flat=True))


def seen(by: Reader) -> Seen:
    """Everything that this office compares."""
    words = [
        Word(row.office, row.other, row.letter_id, row.kind, row.said, row.at)
        for row in Stated.objects.all()
        if by.office.id in (row.office, row.other)
    ]
    receipts = {row.id: (row.state == Receipt.State.STORED, row.at) for row in Receipt.objects.all()}
    first = Round.objects.filter(office=by.office.id).order_by("day").values_list("heard_at", flat=True).first()
    return Seen(by.office.id, letters(by), receipts, words, newest_rounds(), watched(by.office), first or heard_now())


def newest_rounds() -> dict[UUID, Heard]:
    """The newest round of every office that this one may see."""
    rows = Round.objects.order_by("office", "-heard_at").distinct("office")
    return {row.office: Heard(row.office, row.at, row.heard_at) for row in rows}


def watched(ref: OfficeRef) -> frozenset[UUID]:
    """Offices whose silence this one notices: a region its kommuner, a kommune its region, the platform all."""
    if ref.kind == "drift":
        return frozenset(each.id for each in all_offices() if each.kind != "drift")
    if ref.kind == "region":
        return frozenset(each.id for each in kommuner_of(ref.id))
    region = region_of(ref)
    return frozenset({region.id} if region else set())


def clock_off() -> timedelta:
    """How much the database's clock is ahead of this machine's: one whose clock is wrong cannot tell by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    return timedelta(seconds=(theirs - wall()).total_seconds())


def heard_now() -> datetime:
    """What the database's clock says."""
    return now() + clock_off()


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of the letters that an office has sent, how many; and how old the oldest is that waits."""

    sent: int
    stored: int
    opened: int
    waiting: int
    oldest_at: datetime | None
    groups: Mapping[str, tuple[int, int, int]]
    """Of those sent: group -> sent, stored, opened."""


def counted(seen: Seen, at: datetime) -> Numbers:
    """What this office has sent in the last thirty days, and all that waits, to it or from it.

    Only the sender counts a letter as sent: the sums of all offices have each once.
    """
    sent = [each for each in seen.letters.values() if each.sender == seen.me and at - each.sent_at <= 30 * DAY]
    opened = {word.letter_id for word in seen.words if word.said in ("opened", "heard")}
    waits = [each.sent_at for each in seen.letters.values() if each.id not in seen.receipts]

    def three(letters: Sequence[Letter]) -> tuple[int, int, int]:
        stored = sum(1 for each in letters if seen.receipts.get(each.id, (False, at))[0])
        return len(letters), stored, sum(1 for each in letters if each.id in opened)

    groups = {code: three([each for each in sent if each.kind in kinds]) for code, kinds in GROUPS.items()}
    return Numbers(*three(sent), waiting=len(waits), oldest_at=min(waits, default=None), groups=groups)


def open_findings(by: Reader) -> list[Finding]:
    """What this office has found and that is not solved, the oldest first."""
    return list(Finding.objects.filter(office=by.office.id, solved_at__isnull=True).order_by("first_at", "id"))


def names() -> dict[UUID, str]:
    """Offices by id."""
    return dict(Office.objects.values_list("id", "name"))


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office as its own newest round counts it (`at` by the database's clock); no round: `at` is None."""

    office: OfficeRef
    at: datetime | None
    sent: int = 0
    stored: int = 0
    opened: int = 0
    waiting: int = 0
    overdue: int = 0
    missing: int = 0
    oldest_at: datetime | None = None
    groups: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Together:
    """Letters of all the offices at once: of one alone it would tell how many concerns it has."""

    sent: int
    stored: int
    opened: int

    @property
    def three(self) -> tuple[int, int, int]:
        """In this order."""
        return self.sent, self.stored, self.opened


def together(lines: Iterable[OfficeLine]) -> Together:
    """Their sums."""
    known = list(lines)
    return Together(
        sum(each.sent for each in known), sum(each.stored for each in known), sum(each.opened for each in known)
    )


def together_of(lines: Iterable[OfficeLine], group: str) -> Together:
    """The sums of one of `ledger_rules.GROUPS`."""
    counts = [each.groups.get(group, (0, 0, 0)) for each in lines]
    return Together(*(sum(one[at] for one in counts) for at in range(3)))


def offices(ref: OfficeRef) -> list[OfficeLine]:
    """The offices that this one watches, and itself, by name."""
    rows = {row.office: row for row in Round.objects.order_by("office", "-heard_at").distinct("office")}
    wanted = watched(ref) | {ref.id}
    return [_line(each, rows.get(each.id)) for each in all_offices() if each.id in wanted]


def _line(ref: OfficeRef, row: Round | None) -> OfficeLine:
    if row is None:
        return OfficeLine(ref, None)
    return OfficeLine(
        ref, row.heard_at, row.sent, row.stored, row.opened, row.waiting, row.overdue, row.missing, row.oldest_at,
        row.groups,
    )  # fmt: skip
