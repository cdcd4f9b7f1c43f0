"""Asking for system matters. Row rights show one that nobody has taken in to those who take them in alone."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from regional.matters import states
from regional.matters.models import Matter, MatterIntake, MatterWord
from varde.access import Permission, Reader
from varde.clock import now
from varde.privacy.fields import open_together

TEXTS = {"title": "Tittel", "what": "Hva det gjelder", "tried": "Hva kommunen har prøvd", "wish": "Hva kommunen ønsker"}
_UNREAD = Q(way="in") & (Q(matter__read_at=None) | Q(at__gt=F("matter__read_at")))
# What the list can be narrowed to.
SHOWN: Mapping[str, tuple[str, Sequence[str]]] = {
    "apne": ("Åpne", (states.NEW, states.OPEN, states.AGENDA)),
    "avgjort": ("Avgjort", (states.DECIDED,)),
    "alle": ("Alle", tuple(code for code, _ in states.STATES)),
}


def open_matters(by: Reader) -> list[Matter]:
    """Those that a meeting can take up, what cannot wait first, then the oldest; with their titles opened."""
    if not by.may(Permission.LEADERS_READ):
        return []
    rows = list(Matter.objects.filter(state__in=states.UNANSWERED).order_by("received_at", "id"))
    open_together(rows)
    order = {"before": 0, "next": 1, "later": 2}
    return sorted(rows, key=lambda row: order.get(row.urgency, 1))


def matters(shown: str = "apne") -> QuerySet[Matter]:
    """The list, the oldest first where somebody waits, else the newest. One that was decided waits again when its
    kommune has written since."""
    among = Q(state__in=SHOWN.get(shown, SHOWN["apne"])[1])
    if shown == "apne":
        unread = Exists(MatterWord.objects.filter(_UNREAD, matter=OuterRef("pk")))
        return Matter.objects.filter(among | Q(unread, state=states.DECIDED)).order_by("received_at", "id")
    return Matter.objects.filter(among).order_by("-received_at", "id")


def news(rows: Sequence[Matter]) -> set[UUID]:
    """Those of them in which a kommune has said something that nobody has read."""
    told = MatterWord.objects.filter(_UNREAD, matter__in=[row.pk for row in rows])
    return set(told.values_list("matter_id", flat=True))


def new() -> int:
    """How many nobody has read through."""
    return Matter.objects.filter(state=states.NEW).count()


def with_news() -> int:
    """In how many that were taken in a kommune has said something that nobody has read."""
    told = MatterWord.objects.filter(_UNREAD, matter__taken_in_at__isnull=False)
    return told.exclude(matter__state=states.SENT_BACK).values("matter").distinct().count()


def matter(matter_id: UUID) -> Matter | None:
    """One."""
    return Matter.objects.select_related("into").filter(pk=matter_id).first()


def words(row: Matter) -> list[MatterWord]:
    """What was said of it, oldest first, opened together."""
    rows = list(row.words.order_by("at", "id"))
    open_together(rows)
    return rows


def similar(row: Matter) -> list[Matter]:
    """Those that are answered together with it."""
    rows = list(row.similar.order_by("received_at", "id"))
    open_together(rows)
    return rows


def set_free(row: Matter) -> None:
    """Those that were to be answered together with one that is over are open again, each by itself."""
    Matter.objects.filter(into=row, state=states.JOINED).update(into=None, state=states.OPEN, changed_at=now())


def told_back(row: Matter) -> bool:
    """Has the kommune been told that the text went, or said so itself?"""
    return row.words.filter(said__in=("sent_back", "withdrawn")).exists()


def emptied(row: Matter) -> None:
    """It tells of somebody: its text goes, its key within the hour (`kept`), and others wait for it no more. Not saved
    here."""
    for name in TEXTS:
        setattr(row, name, "")
    row.state, row.over_at, row.meeting, row.into = states.SENT_BACK, now(), "", None
    set_free(row)


def could_be_joined(row: Matter) -> list[Matter]:
    """What this one could be answered together with: those of the same category first."""
    rows = list(Matter.objects.filter(state__in=states.UNANSWERED).exclude(pk=row.pk).order_by("received_at", "id"))
    open_together(rows)
    return sorted(rows, key=lambda each: each.category != row.category)


def intake() -> MatterIntake | None:
    """The setting that holds; None before anybody has set it."""
    return MatterIntake.objects.order_by("-set_at", "-id").first()


def leaders_take_in() -> bool:
    """Does the leader team itself take matters in?"""
    held = intake()
    return held is not None and held.who == states.LEADER


def may_take_in(by: Reader) -> bool:
    """May this person look a new one through and take it in, or send it back?"""
    return by.may(Permission.LEADERS_MANAGE) or (by.may(Permission.LEADERS_READ) and leaders_take_in())


def unread(row: Matter, said: Sequence[MatterWord]) -> bool:
    """Has the kommune said something that nobody has read?"""
    return any(word.way == "in" and (row.read_at is None or word.at > row.read_at) for word in said)
