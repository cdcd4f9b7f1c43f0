"""The person's own voice, the first contact, and warnings: codes, values and rules; no database, no clock."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any, Self

from varde.days import check_to_come
from varde.refusal import Refused

STAGES = [("start", "Start"), ("underway", "Underveis"), ("end", "Slutt")]
WORDS = [
    ("own", "Personens egne ord"),
    ("retold", "Gjengitt av den som skriver"),
    ("other", "Sagt av andre på vegne av personen"),
    ("none", "Personen er ikke spurt"),
]
CONSENTS = [("yes", "Ja"), ("no", "Nei"), ("not_asked", "Ikke spurt"), ("cannot", "Kan ikke samtykke")]
CAPACITIES = [
    ("yes", "Har samtykkekompetanse"),
    ("partly", "Har det på noen områder"),
    ("no", "Mangler samtykkekompetanse"),
    ("not_assessed", "Ikke vurdert"),
]
HELPED = [
    ("yes", "Ja"),
    ("partly", "Delvis"),
    ("no", "Nei"),
    ("worse", "Det ble verre"),
    ("unknown", "Vet ikke"),
    ("no_answer", "Ville ikke svare"),
]
CONTACTS = [
    ("planned", "Ikke møtt ennå"),
    ("met", "Møtt"),
    ("refused", "Takket nei"),
    ("refused_danger", "Takket nei, og faren kan øke"),
]
DANGERS = [
    ("violence", "Vold eller trusler mot ansatte"),
    ("weapon", "Våpen"),
    ("dog", "Hund"),
    ("infection", "Smitte"),
    ("other", "Annet"),
]
# What a page says when somebody says no and the danger may grow.
REFUSED_DANGER = (
    "Personen takker nei, og faren kan øke. Sett et nytt steg med kort frist, avtal hvem som følger med, "
    "og vurder avvergingsplikten. Et nei til hjelp opphever ikke plikten til å avverge fare for liv og helse."
)
REFUSED = "Personen takker nei. La døren stå åpen: avtal når og hvordan noen spør igjen."
NOT_ASKED = "Ingen har spurt personen ennå hva den selv ønsker."
LONGEST_REVIEW = timedelta(days=365)


class _Given:
    """What a sealed object of texts has in common."""

    __slots__ = ()

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """From the stored object; what an older one did not have is empty."""
        return cls(**{f.name: str(given[f.name]) for f in fields(cls) if f.name in given})  # type: ignore[arg-type]

    def given(self) -> dict[str, Any]:
        """To store; the empty left out."""
        return {name: value for name, value in asdict(self).items() if value}  # type: ignore[call-overload]


@dataclass(frozen=True, slots=True)
class Said(_Given):
    """One entry of the voice."""

    words: str = "none"
    wants: str = ""
    consent: str = "not_asked"
    consent_why: str = ""
    capacity: str = "not_assessed"
    guardian: str = ""
    supporter: str = ""
    interpreter: str = ""
    safe_contact: str = ""
    not_on_voicemail: str = ""
    helped: str = ""
    helped_words: str = ""
    not_safe: str = ""
    listening: str = ""
    safe_with: str = ""

    @property
    def asked(self) -> bool:
        """Has the person been asked, and not only spoken for?"""
        return self.words in ("own", "retold")


SAID_LABELS = {
    "wants": "Hva personen ønsker",
    "consent": "Samtykke",
    "consent_why": "Begrunnelse for samtykket",
    "capacity": "Samtykkekompetanse",
    "guardian": "Verge",
    "supporter": "Støtteperson",
    "interpreter": "Tolk, språk",
    "safe_contact": "Trygge måter og tider",
    "not_safe": "Måter og tider som ikke er trygge",
    "not_on_voicemail": "Må ikke legges igjen på svarer",
    "listening": "Hvem kan høre på",
    "safe_with": "Trygt sammen med",
    "helped": "Hjalp det?",
    "helped_words": "Om hjelpen",
}
# What of it says how the person is safely reached, as `inbox.safe` calls it; a new entry begins with what holds.
SAFE = {
    "safe_ways": "safe_contact",
    "not_safe": "not_safe",
    "not_on_voicemail": "not_on_voicemail",
    "listening": "listening",
    "safe_with": "safe_with",
    "interpreter": "interpreter",
    "guardian": "guardian",
}
# How a page calls those.
WAYS = frozenset(SAID_LABELS[own] for own in SAFE.values())
_SAID_CODES = {"consent": dict(CONSENTS), "capacity": dict(CAPACITIES), "helped": dict(HELPED)}


@dataclass(frozen=True, slots=True)
class Contact(_Given):
    """The plan for a first contact, and how it went."""

    who: str = ""
    where: str = ""
    safe_how: str = ""
    if_refused: str = ""
    state: str = "planned"
    follow_up: str = ""


CONTACT_LABELS = {
    "who": "Hvem tar kontakt",
    "where": "Hvor",
    "safe_how": "Slik gjøres det trygt",
    "if_refused": "Hvis personen takker nei",
    "state": "Hvordan det gikk",
    "follow_up": "Oppfølging",
}


def said_facts(said: Said) -> list[dict[str, str]]:
    """Labels and values of what is filled in."""
    return [
        {"label": label, "value": _SAID_CODES[name].get(value, value) if name in _SAID_CODES else value}
        for name, label in SAID_LABELS.items()
        if (value := getattr(said, name)) and (name, value) not in _UNSAID
    ]


_UNSAID = {("consent", "not_asked"), ("capacity", "not_assessed")}


def contact_facts(contact: Contact) -> list[dict[str, str]]:
    """Labels and values of what is filled in."""
    states = dict(CONTACTS)
    return [
        {"label": label, "value": states.get(value, value) if name == "state" else value}
        for name, label in CONTACT_LABELS.items()
        if (value := getattr(contact, name))
    ]


def sentence_of(state: str) -> str:
    """What follows from how the first contact went; nothing while all is well."""
    return {"refused": REFUSED, "refused_danger": REFUSED_DANGER}.get(state, "")


def check_said(said: Said, stage: str) -> dict[str, str]:
    """What is lacking: {field: sentence}."""
    found = {}
    if said.words in ("own", "retold", "other") and not (said.wants or said.helped_words):
        found["wants"] = "Skriv hva personen har sagt, eller velg at personen ikke er spurt."
    if said.words == "none" and said.helped:
        found["helped"] = "Et svar på om det hjalp, må komme fra noen. Velg hvem ordene kommer fra."
    if said.consent in ("no", "cannot") and not said.consent_why:
        found["consent_why"] = "Skriv hvorfor det ikke foreligger samtykke."
    if said.consent in ("yes", "no") and said.words == "none":
        found["consent"] = "Den som ikke er spurt, har verken sagt ja eller nei."
    if said.helped and stage != "end":
        found["helped"] = "«Hjalp det?» hører til slutten. Velg «Slutt» øverst."
    return found


def check_contact(contact: Contact) -> dict[str, str]:
    """What is lacking: {field: sentence}."""
    if contact.state == "refused_danger" and not contact.follow_up:
        return {"follow_up": "Skriv hva dere gjør når personen takker nei og faren kan øke."}
    return {}


def check_review(day: date, today: date) -> None:
    """Raise Refused for a date that is past, or so late that nobody would look at the warning again."""
    if day - today > LONGEST_REVIEW:
        raise Refused("En advarsel må ses på igjen innen et år.")
    check_to_come(day, today)
