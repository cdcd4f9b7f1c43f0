"""A meeting as its page and its papers show it: points with numbers, what was decided on each, and who came."""

from collections.abc import Sequence
from dataclasses import dataclass

from regional.matters.models import Matter
from regional.meetings import queries
from regional.meetings.models import Addendum, Approval, Decision, Invitee, Item, Meeting, MeetingPaper
from regional.meetings.states import PRESENCE, quorate
from regional.meetings.suggest import title_of, without_title
from varde.privacy.fields import open_together
from varde.ui.gone import words

STEPS = (("planned", "Planlagt"), ("called", "Innkalt"), ("held", "Holdt"), ("sent", "Til godkjenning"),
         ("approved", "Godkjent"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A point with its number, what was decided, its papers, and who is called to it alone."""

    number: int
    item: Item
    decisions: tuple[Decision, ...]
    papers: tuple[MeetingPaper, ...]
    guests: tuple[Invitee, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """All of a meeting."""

    points: tuple[Point, ...]
    off: tuple[Item, ...]
    people: tuple[Invitee, ...]
    approvals: tuple[Approval, ...]
    addenda: tuple[Addendum, ...]
    # Of a meeting that was entered afterwards.
    entered_why: str = ""

    @property
    def unwritten(self) -> tuple[Point, ...]:
        """Points where nothing is said and nothing decided."""
        return tuple(one for one in self.points if not one.decisions and not words(one.item, "said"))

    @property
    def in_silence(self) -> str:
        """«Det er ikke skrevet noe på punkt 1, 2 og 4.»; "" where something is written on every point."""
        *others, last = [str(one.number) for one in self.unwritten] or [""]
        which = f"{', '.join(others)} og {last}" if others else last
        return f"Det er ikke skrevet noe på punkt {which}." if last else ""

    @property
    def whole(self) -> tuple[Invitee, ...]:
        """Those called to the whole meeting, who make it quorate."""
        return tuple(one for one in self.people if one.only_item_id is None)

    @property
    def noted(self) -> bool:
        """Has anybody's attendance been entered?"""
        return any(one.presence for one in self.people)


def seen(meeting: Meeting) -> Seen:
    """Everything of a meeting, opened together."""
    on, off = queries.items(meeting), queries.items(meeting, off=True)
    decided, people = queries.decisions(meeting), queries.invitees(meeting)
    papers = list(MeetingPaper.objects.filter(meeting=meeting, gone_at__isnull=True).defer("file").order_by("at", "id"))
    approvals, addenda = queries.approvals(meeting), queries.addenda(meeting)
    open_together([meeting, *on, *off, *decided, *people, *papers, *approvals, *addenda])
    _entitle([*on, *off, *(one.only_item for one in people if one.only_item is not None)])
    points = tuple(
        Point(
            number,
            item,
            tuple(one for one in decided if one.item_id == item.id),
            tuple(one for one in papers if one.item_id == item.id),
            tuple(one for one in people if one.only_item_id == item.id),
        )
        for number, item in enumerate(on, start=1)
    )
    return Seen(points, tuple(off), tuple(people), tuple(approvals), tuple(addenda), words(meeting, "entered_why"))


def _entitle(rows: Sequence[Item]) -> None:
    """Show system matters by their own titles while the matters have them; nothing of it is kept with the meeting."""
    about = [one.about for one in rows if one.kind == "matter" and one.about is not None]
    matters = {one.id: one for one in Matter.objects.filter(id__in=about)} if about else {}
    open_together(list(matters.values()))
    for row in rows:
        matter = matters.get(row.about) if row.kind == "matter" and row.about else None
        if matter is not None and words(row, "title") == without_title(matter):
            row.title = title_of(matter) or row.title


def is_quorate(meeting: Meeting, shown: Seen) -> bool:
    """Are there enough of those called to the whole meeting?"""
    return quorate([one.presence for one in shown.whole], meeting.quorum)


def came(one: Invitee) -> str:
    """«Til stede», «Vara møtte: …», «Borte (…)»."""
    said = dict(PRESENCE)[one.presence]
    if one.presence == "substitute":
        said = f"{said}: {words(one, 'substitute')}"
    reason = words(one, "reason")
    return f"{said} ({reason})" if reason else said


def place_of(one: Invitee) -> str:
    """«Kommuneoverlege, Gjøvik»; what there is of it."""
    return ", ".join(part for part in (words(one, "sits_as"), one.kommune) if part)


def steps(state: str, *, entered: bool = False) -> list[dict[str, str]]:
    """The way of a meeting, for `ui/components/steps.html`; one that was entered afterwards was never called."""
    way = [step for step in STEPS if not entered or step[0] != "called"]
    order = [code for code, _ in way]
    here = order.index(state) if state in order else -1
    states: Sequence[str] = ["done" if at < here else "current" if at == here else "ahead" for at in range(len(order))]
    if state == "approved":
        states = ["done"] * len(order)
    return [{"label": label, "state": stands} for (_, label), stands in zip(way, states, strict=True)]
