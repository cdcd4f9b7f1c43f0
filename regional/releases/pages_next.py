"""What is to be done next, as one sentence and one button. Pure: what stands there in, one step out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from regional.releases.pages_queries import Coming
from regional.releases.pages_words import period
from varde.ui.dates import long_date

HERE = "/statistikk/utgivelser"


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


def among(names: Sequence[str], last: str = "eller") -> str:
    """«Kari, Ola eller Per»."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def next_step(tasks: Sequence[Task], not_given: Sequence[str], coming: Coming | None) -> Step:
    """For somebody who may give out. The oldest thing that can be done comes first."""
    for task in tasks:
        if task.state == "ready" and not task.own:
            return Step(f"Du kan godkjenne: {task.title}", f"{task.asked_by} har bedt om dette, og en annen må se på "
                        "det før noe skjer.", "Se på det", task.url, "warning")  # fmt: skip
    for task in tasks:
        if task.state == "ready":
            return Step(f"Venter på en til: {task.title}", _whom(task), "Se hva som venter", task.url)
    for task in tasks:
        return Step(f"Under arbeid: {task.title}", "Dette skjer av seg selv. Du kan lukke siden.", "Følg med", task.url)
    if not_given:
        first = not_given[0]
        return Step(f"Be om tall for {period(first)}", "Halvåret er lukket, og tallene er ikke gitt ut ennå.",
                    f"Be om tall for {period(first)}", f"{HERE}/be-om/{first}")  # fmt: skip
    return _close(coming)


def _whom(task: Task) -> str:
    if not task.others:
        return "Ingen andre enn deg kan godkjenne. Be administratoren gi en til rollen statistikkansvarlig."
    return f"{among(task.others)} må se på det og godkjenne."


def _close(coming: Coming | None) -> Step:
    if coming is None:
        return Step("Ingen kommuner har sendt tall ennå", "Når de har sendt for et halvår, kan det lukkes her.")
    if not coming.over:
        return Step(f"{coming.label} varer fortsatt", f"Halvåret kan lukkes fra {long_date(coming.from_day)}. "
                    "Alt som er ferdig før det, er gitt ut.")  # fmt: skip
    url = f"{HERE}/lukk/{coming.period}"
    if coming.lacking:
        return Step(f"Tall mangler for {coming.label}", f"{among(coming.lacking, 'og')} har ikke sendt alt. "
                    "Vent til det er kommet, eller lukk halvåret uten, sammen med en til.", "Se på halvåret", url,
                    "warning")  # fmt: skip
    return Step(f"Lukk {coming.label}", "Alle har sendt. Når halvåret er lukket, endres det ikke mer, og tallene kan "
                "gis ut.", f"Lukk {coming.label}", url)  # fmt: skip
