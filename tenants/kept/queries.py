"""Asking about what is kept: classes, where a matter stands, what the archive has, and what remains of what is gone."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from tenants.inbox.attached import Attachment
from tenants.inbox.calls_models import Callback
from tenants.inbox.models import Concern
from tenants.insight.inquiry_models import Inquiry
from tenants.kept import hooks
from tenants.kept.models import (
    Archived,
    Bundle,
    Clearing,
    DueMark,
    KeptLonger,
    Order,
    RetentionClass,
    Tombstone,
    WithoutFile,
)
from tenants.kept.states import CALLBACK, INQUIRY, PROPOSED, TALK, Class, Facts, Standing, class_of, newest
from tenants.triage.talk_models import Talk
from varde.clock import now
from varde.retention.rules import Known, due_on, is_due
from varde.ui.dates import day_of

_ASKED = "Et krav om innsyn eller en innvending i saken er ikke ferdig, eller bruken er begrenset."
_LACKS = "Arkivet har ikke fått alle filene i saken. Se «Filer som ikke er med»."
_COLUMNS = (
    "concern_id, case_id, received_at, closed_at, last_contact, ending, moved, category, counted_from, hidden, asked"
)


@dataclass(frozen=True, slots=True)
class Matter:
    """A closed matter without a word of it."""

    concern_id: UUID
    case_id: UUID | None
    closed_at: datetime
    counted_from: date | None
    hidden: bool
    asked: bool
    facts: Facts


@dataclass(frozen=True, slots=True)
class Seen:
    """A closed matter and all that was done about its end."""

    matter: Matter
    standing: Standing
    bundle: Bundle | None
    archived: Archived | None
    held: KeptLonger | None
    order: Order | None

    @property
    def waits(self) -> bool:
        """Is its week over, and it is still here? Nothing is said of why: that may be hidden."""
        return self.order is not None and self.order.not_before < now()


def today() -> date:
    """The day here."""
    return day_of(now())


def classes() -> dict[str, Class]:
    """What holds, in the order of the proposal."""
    return newest(as_class(row) for row in RetentionClass.objects.order_by("decided_at", "id"))


def history(code: str = "") -> QuerySet[RetentionClass]:
    """Who decided what and when, the newest first."""
    rows = RetentionClass.objects.order_by("-decided_at", "code")
    return rows.filter(code=code) if code else rows


def as_class(row: RetentionClass) -> Class:
    """A decided class as the rules know it."""
    possible = next((each.possible for each in PROPOSED if each.code == row.code), ())
    return Class(
        row.code, row.name, row.ground, row.starts, row.months, row.then, possible, row.decided_at, row.decided_by_name
    )


def matters(asked: Collection[UUID] | None = None) -> dict[UUID, Matter]:
    """Those of these that are closed and that the asker sees; None: all, for the purpose of keeping alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM kept_facts(%s::uuid[])",  # noqa: S608 - columns of our own
            [None if asked is None else list(asked)],
        )
        rows = cursor.fetchall()
    until = {key: row.until for key, row in held([row[0] for row in rows]).items()}
    return {row[0]: _matter(row, until.get(row[0])) for row in rows}


def _matter(row: tuple[Any, ...], held_until: date | None) -> Matter:
    concern_id, case_id, received, closed, last, ending, moved, category, counted, hidden, asked = row
    facts = Facts(
        has_case=case_id is not None,
        closed_on=day_of(closed),
        last_contact_on=day_of(last),
        received_on=day_of(received),
        ending=ending,
        moved=moved,
        category=category,
        held_until=held_until,
    )
    return Matter(concern_id, case_id, closed, counted, hidden, asked, facts)


def held(asked: Iterable[UUID]) -> dict[UUID, KeptLonger]:
    """The newest word on keeping each of these longer."""
    rows = KeptLonger.objects.filter(concern__in=list(asked)).order_by("at", "id")
    return {row.concern_id: row for row in rows}


def seen(asked: Collection[UUID] | None = None, *, whole: bool = True) -> dict[UUID, Seen]:
    """Where each of these closed matters stands; a constant number of queries. `whole`: also what stops its end."""
    known, found = classes(), matters(asked)
    keys = list(found)
    bundles = {row.concern_id: row for row in Bundle.objects.filter(concern__in=keys).order_by("made_at", "id")}
    archived = _archived(found)
    longer, orders = held(keys), standing_orders(found)
    later = changed({key: row.bundle.made_at for key, row in archived.items()}) if whole else set()
    wanted = {key: row for key, row in archived.items() if known[class_of(found[key].facts)].archives}
    against = _against(found.values(), wanted) if whole else {}
    return {
        key: Seen(
            matter=one,
            standing=_standing(one, known, archived=key in archived, later=key in later, others=against.get(key, ())),
            bundle=bundles.get(key),
            archived=archived.get(key),
            held=longer.get(key),
            order=orders.get(key),
        )
        for key, one in found.items()
    }


def _archived(found: dict[UUID, Matter]) -> dict[UUID, Archived]:
    """What the archive has of each as it is now: a bundle from before the last closing does not count."""
    rows = Archived.objects.filter(concern__in=list(found)).select_related("bundle").order_by("at", "id")
    return {row.concern_id: row for row in rows if row.bundle.made_at >= found[row.concern_id].closed_at}


def _standing(
    one: Matter, known: dict[str, Class], *, archived: bool, later: bool, others: tuple[str, ...]
) -> Standing:
    chosen, facts = known[class_of(one.facts)], one.facts
    days = {"closed": facts.closed_on, "ended": facts.closed_on, "last_contact": facts.last_contact_on}
    clock = Known(False, days, facts.held_until)
    return Standing(
        chosen=chosen,
        due_on=due_on(chosen.rule, clock, today()),
        is_due=is_due(chosen.rule, clock, today()),
        archived=archived,
        changed_since=later,
        others=others,
    )


def _against(found: Iterable[Matter], delivered: Mapping[UUID, Archived]) -> dict[UUID, tuple[str, ...]]:
    """What else stops each: somebody's rights, files that the archive has not got, and what later rooms say."""
    all_of = list(found)
    lacking = _lacking({key: row.bundle_id for key, row in delivered.items()})
    leaving = [
        hooks.Leaving(one.case_id, one.counted_from, one.closed_at)
        for one in all_of
        if one.case_id is not None and one.counted_from is not None
    ]
    said = hooks.why_not(leaving)
    return {
        one.concern_id: (
            *([_ASKED] if one.asked else []),
            *([_LACKS] if one.concern_id in lacking else []),
            *(said.get(one.case_id, ()) if one.case_id else ()),
        )
        for one in all_of
    }


def _lacking(bundles: Mapping[UUID, UUID]) -> set[UUID]:
    """Of these matters with their bundles, those that have a file which is not in it and nobody has decided on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id FROM unnest(%s::uuid[], %s::uuid[]) AS m(id, bundle)"
            " WHERE EXISTS (SELECT 1 FROM kept_left_out(m.bundle))",
            [list(bundles), list(bundles.values())],
        )
        return {row[0] for row in cursor.fetchall()}


def left_out(bundle: Bundle | None) -> list[Attachment]:
    """The files of the matter that are not in the bundle, and that nobody has decided to do without; in their order."""
    if bundle is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM kept_left_out(%s) AS f(id)", [bundle.pk])
        keys = [row[0] for row in cursor.fetchall()]
    return list(Attachment.objects.filter(pk__in=keys).order_by("number"))


def gone_without(concern: Concern) -> list[WithoutFile]:
    """What was decided of files that no bundle can hold, the oldest first."""
    rows = WithoutFile.objects.filter(concern=concern).select_related("attachment")
    return list(rows.order_by("at", "attachment__number"))


def changed(since: Mapping[UUID, datetime]) -> set[UUID]:
    """In which of these matters somebody has written after that moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id FROM unnest(%s::uuid[], %s::timestamptz[]) AS m(id, at) WHERE kept_changed(m.id, m.at)",
            [list(since), list(since.values())],
        )
        return {row[0] for row in cursor.fetchall()}


def one(concern: Concern) -> Seen | None:
    """Where this matter stands; None while it is open."""
    return seen([concern.pk]).get(concern.pk)


def bundles(concern: Concern) -> QuerySet[Bundle]:
    """What was made for the archive, the newest first."""
    return Bundle.objects.filter(concern=concern).order_by("-made_at", "-id")


def due() -> QuerySet[DueMark]:
    """Matters whose time is over, of those that the asker sees; the longest over first."""
    return DueMark.objects.select_related("concern").order_by("due_on", "id")


def standing_orders(found: Mapping[UUID, Matter]) -> dict[UUID, Order]:
    """The confirmation of each that nobody took back. One from before the matter was reopened does not count."""
    rows = Order.objects.filter(concern__in=list(found), regret__isnull=True).order_by("confirmed_at", "id")
    return {row.concern_id: row for row in rows if row.confirmed_at >= found[row.concern_id].closed_at}


def ready_orders(moment: datetime) -> dict[Order, UUID | None]:
    """Confirmations that stand and whose week is over, each with the case; for the purpose of keeping."""
    asked = Order.objects.filter(not_before__lte=moment, regret__isnull=True).values_list("concern_id", flat=True)
    found = matters(list(asked))
    orders = sorted(standing_orders(found).values(), key=lambda order: order.not_before)
    return {order: found[order.concern_id].case_id for order in orders if order.not_before <= moment}


def kin(concern_id: UUID) -> set[UUID]:
    """The matter and all that it was ever joined with, also when they were parted; for the purpose of keeping."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kept_kin(%s)", [concern_id])
        return {row[0] for row in cursor.fetchall()}


def together(orders: Iterable[Order]) -> list[list[Order]]:
    """Confirmations of matters that were ever joined stand together; each is in one group."""
    groups: dict[UUID, list[Order]] = {}
    for order in orders:
        groups.setdefault(min(kin(order.concern_id)), []).append(order)
    return list(groups.values())


def tombstones() -> QuerySet[Tombstone]:
    """What remains of what was deleted, the newest first."""
    return Tombstone.objects.order_by("-deleted_on", "id")


# --- what belongs to no matter ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Loose:
    """Something that belongs to no matter: which, and when its clock began."""

    kind: str
    id: UUID
    at: datetime


def loose() -> list[Loose]:
    """All of it; for the purpose of keeping."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, id, at FROM kept_loose()")
        return [Loose(*row) for row in cursor.fetchall()]


def loose_cleared() -> dict[tuple[str, UUID], Clearing]:
    """Those that a confirmation which stands lets go now, each with it; for the purpose of keeping."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, id, kept_clearing_of(kind, id) FROM kept_loose()")
        found = {(kind, key): clearing for kind, key, clearing in cursor.fetchall() if clearing is not None}
    rows = Clearing.objects.in_bulk(list(set(found.values())))
    return {thing: rows[clearing] for thing, clearing in found.items()}


def loose_seen() -> list[Loose]:
    """What the asker sees of it."""
    talks = [Loose(TALK, key, at) for key, at in Talk.objects.values_list("id", "at")]
    calls = Callback.objects.filter(concern__isnull=True, done_at__isnull=False).values_list("id", "done_at")
    asked = Inquiry.objects.filter(ended_at__isnull=False).values_list("id", "ended_at")
    return [
        *talks,
        *(Loose(CALLBACK, key, at) for key, at in calls if at is not None),
        *(Loose(INQUIRY, key, at) for key, at in asked if at is not None),
    ]


def loose_due(rows: Iterable[Loose], known: dict[str, Class]) -> list[Loose]:
    """Those whose time is over."""
    found = []
    for row in rows:
        chosen = known[row.kind]
        if is_due(chosen.rule, Known(False, {chosen.starts: day_of(row.at)}), today()):
            found.append(row)
    return found


def clearings(kind: str) -> QuerySet[Clearing]:
    """What was confirmed of a kind and not taken back, the newest first."""
    return Clearing.objects.filter(kind=kind, regret__isnull=True).order_by("-confirmed_at")
