"""What a reporter can tell, in which words and how much of it. Pure: the form, the API and the letter share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from tenants.inbox.states import ABOUT_STAFF

REPORTER_KINDS = [("privat", "Privatperson"), ("ansatt", "Ansatt")]
PERSON_KNOWS = [
    ("consents", "Ja, og personen samtykker"),
    ("refuses", "Ja, men personen ønsker ikke at vi melder"),
    ("no", "Nei, personen vet det ikke"),
    ("unknown", "Vet ikke"),
]
LEADER_TOLD = [
    ("yes", "Ja"),
    ("no", "Nei"),
    ("concerned", "Nei, bekymringen gjelder lederen"),
]
# Who told of it first: kept apart from who reports it.
FIRST_TELLER = [
    ("", "Ikke spurt"),
    ("person", "Personen selv"),
    ("relative", "Pårørende"),
    ("acquaintance", "Nabo, venn eller bekjent"),
    ("employee", "En ansatt eller en tjeneste"),
    ("other", "Noen andre"),
    ("unknown", "Vet ikke"),
]
STAFF_ANSWERS = [
    ("", "Nei, eller jeg vet ikke"),
    *((code, f"Ja, {who[0].lower()}{who[1:]}") for code, who in ABOUT_STAFF),
]
WHO_SEES_IT = (
    "Er svaret ja, ser bare koordinatoren og en valgt stedfortreder bekymringen. "
    "Gjelder den koordinatoren, ser bare stedfortrederen den."
)
WHEN_REFUSED = (
    "Sier personen nei? Du kan likevel melde når du er bekymret for liv og helse. Si til personen at du gjør det og "
    "hvorfor, hvis det er trygt."
)
AFTER_REFUSAL = (
    "Fortell personen at du har meldt, hvis det er trygt. Det er bedre å høre det fra deg.",
    "Skriv i journalen hva personen sa, og hvorfor du meldte likevel.",
    "Teamet får vite at personen sa nei, og vurderer det før noen tar kontakt.",
)
# Characters per field; what is longer is refused with a sentence, never cut.
LIMITS = MappingProxyType(
    {
        "what": 20_000,
        "who": 2_000,
        "where_lives": 500,
        "where_happened": 2_000,
        "when": 2_000,
        "suspected": 2_000,
        "reporter_name": 200,
        "reporter_phone": 50,
        "reporter_relation": 500,
        "safe_person": 2_000,
        "safe_contact": 2_000,
        "extra": 20_000,
    }
)
LABELS = MappingProxyType(
    {
        "what": "Hva er du bekymret for?",
        "who": "Hvem gjelder det?",
        "where_lives": "Hvor bor personen?",
        "where_happened": "Hvor har det skjedd?",
        "when": "Når skjer det, og hvor ofte?",
        "occurred_on": "Hvilken dag skjedde det sist?",
        "suspected": "Hvem mistenker du?",
        "reporter_name": "Navnet ditt",
        "reporter_phone": "Telefonnummeret ditt",
        "reporter_relation": "Hvordan kjenner du personen?",
        "safe_person": "Hvordan er det trygt for den det gjelder at vi tar kontakt?",
        "safe_contact": "Hvordan kan vi ta kontakt med deg på en trygg måte?",
        "extra": "Er det noe mer vi bør vite?",
        "person_knows": "Vet personen at du melder fra?",
        "leader_told": "Har du sagt fra til lederen din?",
        "about_staff": "Gjelder bekymringen noen som arbeider i kommunen?",
        "first_teller": "Hvem fortalte om det først?",
    }
)

# What was asked before the two were asked apart.
SAFE_BEFORE = "Hvordan kan vi ta kontakt på en trygg måte?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A concern in the reporter's own words; "" or None where nothing was said. Names are those of `Concern`."""

    reporter_kind: str
    what: str
    anonymous: bool = False
    acute: bool = False
    occurred_on: date | None = None
    who: str = ""
    where_lives: str = ""
    where_happened: str = ""
    when: str = ""
    suspected: str = ""
    reporter_name: str = ""
    reporter_phone: str = ""
    reporter_relation: str = ""
    safe_person: str = ""
    safe_contact: str = ""
    extra: str = ""
    person_knows: str = ""
    leader_told: str = ""
    about_staff: str = ""
    first_teller: str = ""
    # Our own mark: whoever took it down asked for the two apart, so `safe_contact` is of the reporter alone.
    safe_apart: bool = True
    # Our own mark and not the reporter's: came in a flood without proof of work. A retry may differ in it.
    sorted_later: bool = False

    @property
    def about(self) -> str:
        """Whom of the kommune's people it is about: the answer, or the leader whom the reporter could not tell."""
        return about_of(self.about_staff, self.leader_told)


def about_of(about_staff: str, leader_told: str) -> str:
    """The same of the two answers as they were typed; "" when it is about nobody here."""
    return about_staff or ("leader" if leader_told == "concerned" else "")


def safe_label(apart: bool) -> str:
    """What was asked of safe contact, where the reporter's own words stand."""
    return LABELS["safe_contact"] if apart else SAFE_BEFORE


def names_itself(anonymous: bool, name: str, phone: str) -> bool:
    """Does somebody who asked to be anonymous give a name or a number? Then we ask instead of choosing for them."""
    return anonymous and bool(name.strip() or phone.strip())


def leader_chain(leader_concerned: bool, lines: Sequence[tuple[str, str]] = ()) -> list[str]:
    """Whom an employee tells at once when it is acute; a leader whom the concern is about is passed by.

    `lines` is the kommune's own chain, (position, phone) with the nearest leader first.
    """
    first = ["Ring 112 (politi) eller 113 (ambulanse) når noen er i fare nå."]
    last = ["Får du ikke tak i noen, ring legevakten på 116 117."]
    return first + (_named(leader_concerned, lines) or _usual(leader_concerned)) + last


def _named(leader_concerned: bool, lines: Sequence[tuple[str, str]]) -> list[str]:
    said = [f"{title}: ring {phone}." if phone else f"{title}: si fra med en gang." for title, phone in lines]
    if not leader_concerned:
        return said
    return ["Gå forbi lederen din, og si fra til:", *said[1:]] if said[1:] else []


def _usual(leader_concerned: bool) -> list[str]:
    if leader_concerned:
        return ["Si fra til lederens leder, ikke til lederen selv."]
    return [
        "Si fra til din nærmeste leder med en gang, også utenom kontortid.",
        "Får du ikke tak i lederen, si fra til lederens leder.",
    ]
