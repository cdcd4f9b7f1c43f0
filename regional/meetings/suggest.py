"""What is put forward for the agenda: what is always there, and what waits in the rooms that lead here."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from regional.dashboard.newest import Newest, newest
from regional.matters.models import Matter
from regional.matters.queries import open_matters
from regional.meetings import queries
from regional.meetings.models import Meeting
from regional.plan.queries import open_measures
from varde.access import Permission, Reader
from varde.clock import now
from varde.privacy.fields import text_or
from varde.ui.dates import day_of, short_date
from varde.ui.gone import words

NEXT = "Neste møte"
_TITLE = 120


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point that may be put on: its kind, what it is about, its title and the text under it."""

    kind: str
    title: str
    text: str = ""
    about: UUID | None = None
    # What is shown where the title must not be kept with the meeting.
    shown: str = ""

    @property
    def label(self) -> str:
        """What the suggestion is called on the page."""
        return self.shown or self.title


def without_title(matter: Matter) -> str:
    """What a system matter is called on the agenda: whoever it turns out to tell of is not named there for good."""
    return _short(f"Systemsak fra {matter.kommune_name}: {matter.category_label}")


def title_of(matter: Matter) -> str:
    """The matter's own title, as long as the matter has it; "" when it was sent back."""
    return _short(text_or(matter, "title", ""))


def suggested(meeting: Meeting, by: Reader) -> list[Candidate]:
    """What is not on the agenda yet, in the order it would stand. Points without a matter are known by their title."""
    about = queries.on_agenda(meeting)
    titles = {words(one, "title") for off in (False, True) for one in queries.items(meeting, off=off)}
    return [
        one
        for one in everything(meeting, by)
        if (one.about not in about if one.about is not None else one.title not in titles)
    ]


def everything(meeting: Meeting, by: Reader) -> Iterator[Candidate]:
    """All of it: fixed points, what was not followed up, system matters, measures, figures, the next meeting."""
    for title in queries.rules().fixed_items:
        yield Candidate("fixed", title)
    yield from _followups(meeting)
    yield from _matters(by)
    yield from _measures(by)
    yield from _figures(by)
    yield Candidate("next", NEXT, _next_text(meeting))


def _followups(meeting: Meeting) -> Iterator[Candidate]:
    today = day_of(now())
    for row in queries.undone():
        if row.meeting_id != meeting.id:
            when = f"Frist {short_date(row.due)}{', over frist' if row.due < today else ''}."
            title, text = f"Oppfølging: {words(row, 'text')}", f"Ansvarlig: {words(row, 'owner')}. {when}"
            # The whole decision only where the heading had to be cut.
            whole = text if _short(title) == title else f"{words(row, 'text')}\n\n{text}"
            yield Candidate("followup", _short(title), whole, row.id)


def _matters(by: Reader) -> Iterator[Candidate]:
    for matter in open_matters(by):
        yield Candidate("matter", without_title(matter), "Les saken under Systemsaker.", matter.id, title_of(matter))


def _measures(by: Reader) -> Iterator[Candidate]:
    for line in open_measures(by):
        if line.overdue:
            text = f"Ansvarlig: {line.now.owner_name}. Fristen var {short_date(line.now.due_on)}."
            yield Candidate("measure", _short(f"Tiltak {line.number}: {line.what}"), text, line.id)


def _figures(by: Reader) -> Iterator[Candidate]:
    found = newest(by) if by.may(Permission.STATISTICS_READ) else None
    if found is not None:
        yield Candidate("figures", f"Tall for {found.label}", _in_words(found))


def _in_words(found: Newest) -> str:
    """What the figures given out say, and in which release. A hidden figure is said to be hidden."""
    cases = "skjult, så ingen kan kjennes igjen" if found.cases is None else str(found.cases)
    return (
        f"Antall saker: {cases}. Tallene er fra utgivelse {found.number} for {found.label}, gitt ut "
        f"{short_date(day_of(found.at))}, og beskyttet slik at ingen kan kjennes igjen. Det som er "
        "meldt inn senere, er ikke med."
    )


def _next_text(meeting: Meeting) -> str:
    later = next((one for one in queries.ahead() if one.starts_at > meeting.starts_at), None)
    return f"Neste møte er planlagt {short_date(later.starts_at)}." if later else "Avtal når neste møte skal være."


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1]}…"
