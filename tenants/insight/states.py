"""A request for access and what is decided on it: codes and rules; no database, no clock."""

import hashlib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from shared.codes.insight import insight_texts
from varde.refusal import Refused

ASKERS = [
    ("exposed", "Den utsatte selv"),
    ("guardian", "Vergen"),
    ("suspected", "Den det er mistanke mot"),
    ("reporter", "Den som meldte"),
    ("other", "En annen som er nevnt"),
]
IDENTITIES = [
    ("shown", "Viste legitimasjon"),
    ("electronic", "Logget inn med elektronisk ID"),
    ("known", "Personen er kjent for den som tok imot kravet"),
    ("mandate", "Viste vergefullmakt eller annen fullmakt, og legitimasjon"),
]
STATES = [("open", "Under arbeid"), ("given", "Gitt"), ("refused", "Avslått"), ("withdrawn", "Trukket")]
CHOICES = [
    ("give", "Gi hele teksten"),
    ("mask", "Gi teksten med noe tatt ut"),
    ("withhold", "Hold tilbake"),
]
# A person's word against what is written, or about the use of it.
STATEMENT_KINDS = [
    ("correction", "Mener at noe er feil"),
    ("restriction", "Ber om at bruken begrenses"),
    ("objection", "Protesterer mot bruken"),
]
ANSWERS = [
    ("corrected", "Rettet eller utfylt med en ny tekst"),
    ("noted", "Ført ved siden av teksten"),
    ("granted", "Bruken er begrenset"),
    ("refused", "Avslått"),
    ("ended", "Begrensningen er opphevet"),
]
# Which answers fit which kind.
FITTING = {
    "correction": ("corrected", "noted", "refused"),
    "restriction": ("granted", "refused"),
    "objection": ("granted", "refused"),
}
OLDEST = timedelta(days=366)
OTHER_PERSON = "[annen person]"


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody chose for one item: the text that goes out, or the ground on which it does not."""

    choice: str
    text: str = ""
    ground: str = ""
    reason: str = ""


def file_name(document: int, number: int) -> str:
    """What a file that goes with a document is called, without its ending: nothing that anybody else called it."""
    return f"innsyn-{document}-vedlegg-{number}"


def month_after(day: date, months: int = 1) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def check_received(day: date, today: date) -> None:
    """Raise ValueError for a day that has not come, or so long ago that it must be a slip."""
    if day > today:
        raise ValueError("Datoen er fram i tid. Når kom kravet?")
    if day < today - OLDEST:
        raise ValueError("Det er mer enn et år siden. Se over datoen.")


def check_identity(asker: str, identity: str) -> None:
    """Raise Refused when a guardian has not shown that they are one."""
    if asker == "guardian" and identity != "mandate":
        raise Refused("En verge må vise vergefullmakt. Velg det når dere har sett den.")


def check_decided(decided: Decided) -> None:
    """Raise Refused for a choice without what belongs to it."""
    if decided.choice not in dict(CHOICES):
        raise Refused("Velg hva som skal skje med opplysningen.")
    if decided.choice == "mask" and not decided.text.strip():
        raise Refused("Teksten er tom. Hold opplysningen tilbake i stedet, og velg grunnlag.")
    if decided.choice == "withhold":
        if decided.ground not in {each.code for each in insight_texts().withheld}:
            raise Refused("Velg hjemmelen for å holde tilbake.")
        if decided.ground != "not_about" and not decided.reason.strip():
            raise Refused("Skriv kort hvorfor.")


def check_open(state: str) -> None:
    """Raise Refused for a request that is over."""
    if state in ("refused", "withdrawn"):
        raise Refused(f"Kravet er {dict(STATES)[state].lower()}. Registrer et nytt krav.")


def check_until(until: date, reason: str, received_on: date, due_on: date) -> None:
    """Raise Refused for an earlier day, a later one than the law allows (article 12 no. 3), and without a reason."""
    if not due_on < until <= month_after(received_on, 3):
        raise Refused("Fristen kan flyttes fram, men høyst til tre måneder etter at kravet kom.")
    if not reason.strip():
        raise Refused("Skriv hvorfor, og si det til den som ba, innen den første fristen.")


def check_answer(kind: str, answer: str, reason: str) -> None:
    """Raise Refused for an answer that does not fit, or without a word of why."""
    if answer not in FITTING.get(kind, ()):
        raise Refused("Svaret passer ikke til det personen ba om.")
    if not reason.strip():
        raise Refused("Skriv hva dere gjorde, eller hvorfor dere ikke gjør det.")


def print_of(text: str) -> str:
    """By which a text is known again: a decision counts for the text that was decided on."""
    return hashlib.sha256(text.encode()).hexdigest()
