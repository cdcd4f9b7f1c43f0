"""What a team knows of a matter beside the told words, for the team that takes it over. "" is nothing said.

Codes are the sender's; a reader that does not know one shows it as it stands. Nobody who works at the sender is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from shared.contracts.fields import LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A card. A protected address travels with its protection, and is hidden at the recipient from the first page."""

    role: str
    known: str
    name: str
    id_number: str
    phone: str
    protection: str
    address: str
    relation: str
    own_child: str
    services: str
    description: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWarning:
    """A danger to those who visit. `person` is a place in `Known.persons`, None for a warning about a place alone."""

    at: datetime
    person: int | None
    kind: str
    text: str
    place: str
    review_on: date
    ground: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVoice:
    """What the person said at one time. `person` as in a warning."""

    at: datetime
    person: int | None
    stage: str
    words: str
    wants: str
    consent: str
    consent_why: str
    capacity: str
    guardian: str
    supporter: str
    interpreter: str
    safe_contact: str
    not_on_voicemail: str
    helped: str
    helped_words: str
    not_safe: str = field(default="", metadata=LATER)
    listening: str = field(default="", metadata=LATER)
    safe_with: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownContact:
    """A plan for the first contact, and how it went."""

    at: datetime
    who: str
    where: str
    safe_how: str
    if_refused: str
    state: str
    follow_up: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAnswer:
    """A question and its answer in words, so that they can be read without the template."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRisk:
    """A signed risk assessment."""

    signed_at: datetime
    certified: bool
    template: str
    level: str
    reason: str
    next_on: date | None
    answers: tuple[KnownAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlan:
    """The safety plan that holds: code of the section -> text."""

    at: datetime
    agreed_on: date | None
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDuty:
    """A duty as it was weighed."""

    at: datetime
    duty: str
    answer: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChecklist:
    """The acute checklist as it was answered. The service that was shut out at the sender is left out."""

    at: datetime
    version: str
    criteria: tuple[str, ...]
    answers: Mapping[str, str]
    notes: Mapping[str, str]
    not_acute: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCall:
    """A call to 112, 113 or 116 117. Who rang stays at the sender."""

    at: datetime
    number: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPolice:
    """Where it stood with the police."""

    at: datetime
    reported: str
    reported_by: str
    reported_on: str
    case_number: str
    investigator: str
    investigator_phone: str
    informed: str
    consent: str
    no_consent: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProsecution:
    """The prosecutor's answer."""

    at: datetime
    outcome: str
    decided_on: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMeasure:
    """A measure. Who owned it stays at the sender; one that is not ended has no `ended_at`."""

    at: datetime
    kind: str
    title: str
    service: str
    legal_ground: str
    due_on: date
    status: str
    effect: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRequest:
    """What a service or a partner was asked, and what it answered."""

    at: datetime
    to: str
    asked: str
    ground: str
    state: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStep:
    """A step: one that was done, or the one that is next."""

    text: str
    due_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWords:
    """What the anonymous registration of the case says in words, each under its question as it was asked there."""

    at: datetime
    answers: tuple[KnownAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All of it, the oldest first."""

    persons: tuple[KnownPerson, ...] = ()
    warnings: tuple[KnownWarning, ...] = ()
    voices: tuple[KnownVoice, ...] = ()
    contacts: tuple[KnownContact, ...] = ()
    risks: tuple[KnownRisk, ...] = ()
    plan: KnownPlan | None = None
    duties: tuple[KnownDuty, ...] = ()
    checklists: tuple[KnownChecklist, ...] = ()
    calls: tuple[KnownCall, ...] = ()
    police: tuple[KnownPolice, ...] = ()
    prosecutions: tuple[KnownProsecution, ...] = ()
    measures: tuple[KnownMeasure, ...] = ()
    requests: tuple[KnownRequest, ...] = ()
    steps: tuple[KnownStep, ...] = ()
    registered: KnownWords | None = field(default=None, metadata=LATER)

    def __post_init__(self) -> None:
        about = [each.person for each in self.warnings] + [each.person for each in self.voices]
        if any(place is not None and not 0 <= place < len(self.persons) for place in about):
            raise ValueError("viser til en person som ikke er med")
