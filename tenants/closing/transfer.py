"""What a transfer says and when it may be made. Pure: offices are looked up and letters packed elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from shared.codes.categories import category
from shared.contracts import CaseTransfer, EarlierDecision, EarlierNote
from tenants.inbox.facts import SAFE
from tenants.inbox.states import ABOUT_STAFF
from tenants.inbox.told import LEADER_TOLD, PERSON_KNOWS, REPORTER_KINDS, Told
from tenants.triage.states import STORED
from varde.refusal import Refused
from varde.ui.dates import date_and_time, short_date

REASONS = [
    ("moved", "Personen har flyttet"),
    ("too_close", "Teamet her er for nær saken (habilitet)"),
]
# The same, read by the team that takes over.
REASONS_THERE = {
    "moved": "Grunnen er at personen har flyttet.",
    "too_close": "Grunnen er at teamet der er for nær saken (habilitet).",
}
SUMMARY_LIMIT = 20_000
TOLD = tuple(field.name for field in fields(CaseTransfer) if field.name in Told.__dataclass_fields__)
"""The told words that travel: those that letter and concern have in common."""

# Never which kommune: whoever holds the receipt may be the one that the person has moved away from.
TO_REPORTER = (
    "En annen kommune har tatt over bekymringen og følger den opp. Denne siden viser derfor «Under arbeid» også "
    "etterpå. Haster det, eller har du noe nytt å si, ta kontakt på telefon."
)

OPENED_FIRST = "Bekymringen må åpnes og tas imot før den kan overføres."
CLOSED = "Dette er avsluttet og kan ikke overføres."


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the registry and the post know about an office that could take over."""

    id: UUID
    kind: str
    name: str
    active: bool
    has_team: bool
    has_key: bool
    host: bool = False
    region_id: UUID | None = None
    region: str = ""
    phone: str = ""


def check_progress(progress: str) -> None:
    """Raise Refused unless a matter that has come this far can be handed over."""
    if progress == "received":
        raise Refused(OPENED_FIRST)
    if progress not in ("opened", "in_progress"):
        raise Refused(CLOSED)


def check_recipient(to: Candidate | None, own: UUID) -> Candidate:
    """The office that takes over; Refused with the reason why it cannot."""
    if to is None:
        raise Refused("Velg en kommune på listen.")
    if to.id == own:
        raise Refused("Dette er deres egen kommune. Velg en annen.")
    if to.kind != "kommune":
        raise Refused(f"{to.name} er ikke en kommune. Bare et team i en annen kommune kan ta over.")
    if not to.active:
        raise Refused(f"{to.name} er ikke lenger med i Varde. Velg en annen kommune.")
    if not to.has_team:
        raise Refused(f"{to.name} har ikke noe TryggEst-team. Velg en annen kommune.")
    if not to.has_key:
        raise Refused(without_key(to.name))
    return to


def without_key(name: str) -> str:
    """The sentence about an office that cannot be written to."""
    return f"{name} kan ikke ta imot sikker post ennå. Ingenting er sendt, og alt er fortsatt hos dere."


def choices(offices: Sequence[Candidate], own_region: UUID | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kommuner in groups: those of the same region first, then the others. In the order they were given."""
    near = [each for each in offices if own_region and each.region_id == own_region]
    far = [each for each in offices if each not in near]
    groups = [(near[0].region or "Samme region", near)] if near else []
    groups += [("Andre kommuner", far)] if far else []
    return [(label, [(str(each.id), _label(each)) for each in group]) for label, group in groups]


def _label(office: Candidate) -> str:
    return f"{office.name} (vertskommune)" if office.host else office.name


Fact = dict[str, str]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision or a note in words."""

    when: datetime
    title: str
    text: str


def noted(each: EarlierNote) -> Earlier:
    """A note that came along."""
    return Earlier(each.at, "Notat", each.text)


def decided(each: EarlierDecision) -> Earlier:
    """An earlier decision, in words that this kommune uses too; a code that is not known here stands as it is."""
    try:
        urgency = category(each.category).label
    except ValueError:
        urgency = each.category
    return Earlier(each.at, f"{urgency}: {dict(STORED).get(each.outcome, each.outcome)}", each.reason)


_MATTER = (
    ("Hva bekymringen er", "what"),
    ("Hvem det gjelder", "who"),
    ("Bosted", "where_lives"),
    ("Trygg kontakt med personen", "safe_person"),
    ("Sted for hendelsen", "where_happened"),
    ("Når og hvor ofte", "when"),
    ("Mistenkt", "suspected"),
    ("Annet", "extra"),
)
_REPORTER = (
    ("Navn", "reporter_name"),
    ("Telefon", "reporter_phone"),
    ("Relasjon", "reporter_relation"),
)
_TRAVELS = "Følger med, vises ikke her"


def matter_facts(letter: CaseTransfer, hidden: Mapping[str, str]) -> list[Fact]:
    """The told words as the letter carries them; what was not said is left out, and what is `hidden` not shown."""
    rows = [(label, hidden.get(name) or getattr(letter, name)) for label, name in _MATTER]
    rows += [
        ("Skjedde sist", short_date(letter.occurred_on) if letter.occurred_on else ""),
        ("Gjelder noen i kommunen her", dict(ABOUT_STAFF).get(letter.about_staff, "")),
        ("Kom til dere", date_and_time(letter.received_at)),
        ("Deres referanse", letter.reference),
    ]
    return _filled(rows)


def reporter_facts(letter: CaseTransfer) -> list[Fact]:
    """What the letter says about the reporter."""
    kind = dict(REPORTER_KINDS)[letter.reporter_kind]
    rows = [("Melder", f"{kind}, anonym" if letter.anonymous else kind)]
    # Who reported is shown for a recorded reason alone (tenants.inbox.reporter_actions), also to whoever sends it on.
    rows += [(label, _TRAVELS if getattr(letter, name) else "") for label, name in _REPORTER]
    rows += [(SAFE[letter.safe_apart], letter.safe_contact)]
    rows += [
        ("Vet personen om meldingen?", dict(PERSON_KNOWS).get(letter.person_knows, "")),
        ("Sagt fra til leder?", dict(LEADER_TOLD).get(letter.leader_told, "")),
    ]
    return _filled(rows)


def _filled(rows: Sequence[tuple[str, str]]) -> list[Fact]:
    return [{"label": label, "value": value} for label, value in rows if value]
