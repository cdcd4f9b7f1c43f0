"""Asking about requests for access and statements; seen by those who see the matter."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from shared.codes.insight import insight_texts
from tenants.inbox.models import Concern
from tenants.insight import gather, masks
from tenants.insight.gather import Found, Whole
from tenants.insight.masks import Known, Part
from tenants.insight.models import AccessCopy, AccessFile, AccessRequest, ItemDecision, Statement
from tenants.insight.sources import READ, UNSURE, WHOLE
from tenants.triage.reminders import Due
from varde.privacy.fields import open_together
from varde.ui.dates import day_of, short_date
from varde.ui.gone import words

# So long before the day those who decide are told.
_AHEAD = timedelta(days=7)
_READ_YOURSELF = {
    READ: "Les selv. Ordene kan vise hvem som meldte.",
    UNSURE: "Les selv. Det er ikke sikkert at den som ber, har fått dette før.",
}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An item, cut where it names others, and what was decided on it. `stale`: the text is another one since."""

    found: Found
    parts: tuple[Part, ...]
    masked: str
    decision: ItemDecision | None
    stale: bool
    statements: tuple[Statement, ...]
    known: Known

    @property
    def decided(self) -> bool:
        """Has somebody decided on the text as it is now?"""
        return self.decision is not None and not self.stale

    @property
    def given(self) -> str:
        """What goes out; "" for what is kept back or has not been decided on."""
        if self.decision is None or self.stale:
            return ""
        return {"give": self.found.text, "mask": words(self.decision, "text")}.get(self.decision.choice, "")

    @property
    def whole(self) -> bool:
        """Is it given as it is, nothing taken out?"""
        return self.decided and self.decision is not None and self.decision.choice == "give"

    @property
    def tells_who_reported(self) -> bool:
        """Would what goes out tell it, by the names that are known today? It may have been learned since."""
        return masks.tells_who_reported(self.given, self.known)

    @property
    def name(self) -> str:
        """By which somebody finds the item again."""
        return f"«{self.found.title}»" + (f" {short_date(self.found.at)}" if self.found.at else "")

    @property
    def proposal(self) -> tuple[str, str]:
        """(choice, ground) that is proposed; no choice where somebody must read and choose."""
        if self.found.proposes in _READ_YOURSELF:
            return "", ""
        if self.found.proposes == WHOLE:
            return "give", ""
        if self.found.proposes:
            return "withhold", self.found.proposes
        return ("mask" if any(part.marked for part in self.parts) else "give"), ""

    @property
    def proposal_said(self) -> str:
        """The same in words."""
        choice, ground = self.proposal
        if not choice:
            return _READ_YOURSELF[self.found.proposes]
        if choice == "withhold":
            return f"Hold tilbake: {insight_texts().ground(ground).label.lower()}"
        return "Gi, med andre personer tatt ut" if choice == "mask" else "Gi hele teksten"


@dataclass(frozen=True, slots=True)
class Review:
    """A whole request: every item in order."""

    whole: Whole
    items: tuple[Reviewed, ...]
    statements: tuple[Statement, ...] = ()

    @property
    def undecided(self) -> int:
        """How many items nobody has decided on."""
        return sum(not each.decided for each in self.items)

    @property
    def counts(self) -> dict[str, int]:
        """How many items of each choice."""
        return Counter(each.decision.choice for each in self.items if each.decided and each.decision)

    @property
    def groups(self) -> list[tuple[str, int, int]]:
        """(group, decided, all)"""
        every = Counter(each.found.group for each in self.items)
        done = Counter(each.found.group for each in self.items if each.decided)
        return [(group, done[group], number) for group, number in every.items()]

    @property
    def withheld(self) -> list[tuple[str, int]]:
        """(ground in words, how many)"""
        found = Counter(
            each.decision.ground
            for each in self.items
            if each.decided and each.decision and each.decision.choice == "withhold"
        )
        return [(insight_texts().ground(code).said, number) for code, number in found.items()]

    def one(self, key: str) -> Reviewed | None:
        """The item with this key."""
        return next((each for each in self.items if each.found.key == key), None)


def review_of(request: AccessRequest, *, looked: bool = False) -> Review:
    """Every item of the matter with what has been decided on it; `looked` as in `masks.parts`."""
    whole = gather.everything(request.concern, request.person, request.asker)
    rows = list(ItemDecision.objects.filter(request=request))
    open_together(rows)
    decided = {row.item: row for row in rows}
    said = statements(request.concern) if whole.items else []
    return Review(
        whole,
        tuple(_reviewed(found, whole, decided.get(found.key), said, looked=looked) for found in whole.items),
        tuple(said),
    )


def _reviewed(
    found: Found, whole: Whole, decision: ItemDecision | None, said: list[Statement], *, looked: bool
) -> Reviewed:
    parts = tuple(masks.parts(found.text, whole.known, looked=looked, labels=found.labels))
    return Reviewed(
        found,
        parts,
        masks.without(parts),
        decision,
        stale=decision is not None and words(decision, "seen") != found.print,
        statements=tuple(row for row in said if row.item == found.key),
        known=whole.known,
    )


def waiting() -> QuerySet[AccessRequest]:
    """Requests that nobody has ended, the first due first."""
    return AccessRequest.objects.filter(state="open").select_related("person", "concern").order_by("due_on", "made_at")


def of_matter(concern: Concern) -> list[AccessRequest]:
    """The requests of a matter, the newest first."""
    rows = list(AccessRequest.objects.filter(concern=concern).select_related("person").order_by("-made_at"))
    open_together([*rows, *(row.person for row in rows)])
    return rows


def copies(request: AccessRequest) -> list[AccessCopy]:
    """The documents that were given with their files, the newest first; the bytes are not opened."""
    files = Prefetch("files", AccessFile.objects.select_related("attachment").order_by("attachment__number"))
    return list(AccessCopy.objects.filter(request=request).order_by("-number").prefetch_related(files))


def statements(concern: Concern) -> list[Statement]:
    """What people say against what is written, the oldest first."""
    rows = list(Statement.objects.filter(concern=concern).select_related("person").order_by("at", "id"))
    open_together([*rows, *(row.person for row in rows)])
    return rows


def restrictions(concern: Concern) -> list[Statement]:
    """Those on whose word the use is restricted now."""
    return [row for row in statements(concern) if row.answer == "granted" and row.ended_at is None]


def unanswered(concern: Concern) -> list[Statement]:
    """Those that nobody has answered."""
    return [row for row in statements(concern) if row.answered_at is None]


def to_remind(now: datetime) -> Iterator[Due]:
    """Requests that are due within a week, or were: for those who decide. For the purpose that reminds."""
    rows = AccessRequest.objects.filter(state="open", due_on__lte=day_of(now) + _AHEAD).order_by("due_on", "id")
    for row in rows:
        yield Due(row.id, row.concern_id, None, row.due_on)


def due_by(until: datetime, most: int) -> list[AccessRequest]:
    """Requests that are due before then, the first first."""
    return list(waiting().filter(due_on__lte=day_of(until))[:most])
