"""A request from somebody who may be in no matter: codes and rules; no database, no clock.

Nobody sees every matter, so no answer says more than what was searched. A matter that only others see is answered for
by those who see it, before `final_day`; whoever took the request down never learns of it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from varde.refusal import Refused

ASKERS = [("self", "Personen selv"), ("guardian", "Vergen"), ("mandate", "En annen med fullmakt")]
STATES = [("open", "Under arbeid"), ("answered", "Besvart"), ("withdrawn", "Trukket")]
KINDS = [("none", "Ingenting funnet"), ("matter", "Svaret gis i saken")]
TERM_KINDS = [("id_number", "fødselsnummer"), ("phone", "telefonnummer"), ("name", "første og siste ord i navnet")]
WHY = {"id_number": "samme fødselsnummer", "phone": "samme telefonnummer", "name": "samme navn"}
# Whoever sees what others do not, has at least this long after an answer to write their own.
AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Inquirer:
    """Whom it is about, as they say themselves."""

    name: str
    id_number: str = ""
    born_on: str = ""
    phone: str = ""
    address: str = ""


def final_day(due_on: date, today: date) -> date:
    """The day by which a matter that only others see is answered for; the same whether there is one or not."""
    return max(due_on, today + AFTER)


def moved_to(due_on: date, today: date) -> date | None:
    """The final day where an answer of today moves it past the deadline, as article 12 no. 3 allows; else None."""
    final = final_day(due_on, today)
    return final if final > due_on else None


def check_identity(asker: str, identity: str) -> None:
    """Raise Refused for somebody who speaks for another and has not shown that they may."""
    if asker not in dict(ASKERS):
        raise Refused("Velg hvem som ber om innsyn.")
    if asker != "self" and identity != "mandate":
        raise Refused("Den som ber for en annen, må vise fullmakt. Velg det når dere har sett den.")


def check_open(state: str) -> None:
    """Raise Refused for a request that is over."""
    if state != "open":
        raise Refused(f"Kravet er {dict(STATES)[state].lower()}. Registrer et nytt krav.")


def kind_of(judged: list[bool | None]) -> str:
    """What the answer is by what was said of each match; None: nothing yet. Raises Refused until all are."""
    if None in judged:
        raise Refused("Ta stilling til alle treffene først. Står personen i saken, registrerer dere kravet der.")
    return "matter" if any(judged) else "none"
