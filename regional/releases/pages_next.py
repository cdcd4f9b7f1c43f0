"""What is to be done next, as one sentence and one button. Pure: what stands there in, one step out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from regional.releases.pages_queries import Coming
from regional.releases.pages_words import period
from varde.text import listed
from varde.ui.dates import long_date

HERE = "/statistikk/utgivelser"
SETTLE = "Noe må tas til etterretning"


@dataclass(frozen=True, slots=True)
class Task:
    """A wish as the overview shows it. `own`: the reader asked for it. `others`: who can be the second person."""

    id: UUID
    kind: str
    title: str
    state: str
    said: str
    color: str
    asked_by: str
    own: bool
    others: tuple[str, ...]
    period: str = ""

    @property
    def url(self) -> str:
        """Where it stands."""
        return f"{HERE}/oppdrag/{self.id}"


@dataclass(frozen=True, slots=True)
class Step:
    """`button` and `url` are "" where there is nothing to press; `color` of the alert."""

    title: str
    text: str
    button: str = ""
    url: str = ""
    color: str = "info"


def next_step(tasks: Sequence[Task], not_given: Sequence[str], coming: Coming | None, unsettled: str = "") -> Step:
    """For somebody who may give out. What stops everything comes first, then the oldest thing that can be done.

    `not_given`: half-years that nobody has given out yet. `unsettled`: why two people must take something to notice.
    """
    if unsettled:
        tasks = [task for task in tasks if task.kind == "settled"]
        if not tasks:
            return Step(SETTLE, unsettled, "Ta det til etterretning", f"{HERE}/etterretning", "warning")
    if tasks:
        return _task(next((each for each in tasks if each.state == "ready" and not each.own), None)
                     or next((each for each in tasks if each.state == "ready"), tasks[0]))  # fmt: skip
    if not_given:
        first = not_given[0]
        return Step(f"Be om tall for {period(first)}", "Halvåret er lukket, og tallene er ikke gitt ut ennå.",
                    f"Be om tall for {period(first)}", f"{HERE}/be-om/{first}")  # fmt: skip
    return _close(coming)


def _task(task: Task) -> Step:
    if task.state != "ready":
        said = "Dette skjer av seg selv. Du kan lukke siden."
        return Step(f"Under arbeid: {task.title}", said, "Følg med", task.url)
    if task.own:
        return Step(f"Venter på en til: {task.title}", _whom(task), "Se hva som venter", task.url)
    asked = f"{task.asked_by} har bedt om dette, og en annen må se på det før noe skjer."
    return Step(f"Du kan godkjenne: {task.title}", asked, "Se på det", task.url, "warning")


def _whom(task: Task) -> str:
    if not task.others:
        return "Ingen andre enn deg kan godkjenne. Be administratoren gi en til rollen statistikkansvarlig."
    return f"{listed(task.others, 'eller')} må se på det og godkjenne."


def _close(coming: Coming | None) -> Step:
    if coming is None:
        return Step("Ingen kommuner har sendt tall ennå", "Når de har sendt for et halvår, kan det lukkes her.")
    if not coming.over:
        return Step(f"{coming.label} varer fortsatt", f"Halvåret kan lukkes fra {long_date(coming.from_day)}. "
                    "Alt som er ferdig før det, er gitt ut.")  # fmt: skip
    url = f"{HERE}/lukk/{coming.period}"
    if coming.lacking:
        return Step(f"Tall mangler for {coming.label}", f"{listed(coming.lacking)} har ikke sendt alt. "
                    "Vent til det er kommet, eller lukk halvåret uten, sammen med en til.", "Se på halvåret", url,
                    "warning")  # fmt: skip
    return Step(f"Lukk {coming.label}", "Alle har sendt. Når halvåret er lukket, endres det ikke mer, og tallene kan "
                "gis ut.", f"Lukk {coming.label}", url)  # fmt: skip
