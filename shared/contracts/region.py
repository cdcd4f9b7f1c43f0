"""Letters between a region and its kommuner about the cooperation itself. Nothing in them is about any case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from shared.contracts.fields import LATER

type AgreementAsks = Literal["terms", "withdrawn", "change", "out", "end", "host", "stays"]
type AgreementSaid = Literal["yes", "no", "out", "in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTask:
    """One task of the agreement and who has it, in names of parties as the agreement has them."""

    title: str
    responsible: tuple[str, ...]
    consulted: tuple[str, ...]
    informed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLend:
    """One office lends another people with one role there (see varde.access.roles), by the offices' ids."""

    lender: UUID
    borrower: UUID
    role: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementNotice:
    """From the region: terms to say yes or no to, a change of them, or that the cooperation ends.

    `asks`: terms (join, an answer is expected), withdrawn (none is any more, a yes lapses), change (new version, for
    information), out (the region ends it with this kommune), end (with all), host (another kommune becomes host),
    stays (an ending that was to come is taken back).
    """

    TYPE: ClassVar[str] = "agreement_notice"
    VERSION: ClassVar[int] = 1

    agreement: UUID
    asks: AgreementAsks
    version: int
    """Of the agreement's text, from 1."""
    starts_at: datetime
    """When what is asked takes effect."""
    answer_by: date | None
    title: str
    legal_form: str
    """In words, with the section of the act."""
    model: Literal["1", "2", "3"]
    host: str
    """Name of the host kommune; "" where the agreement has none."""
    parties: tuple[str, ...]
    tasks: tuple[AgreementTask, ...]
    share: str
    """The kommune's own part of the grant, in words."""
    phone: str
    """Who answers the kommune's phone, in words."""
    lends: tuple[str, ...]
    """Who lends people to whom, one sentence each; empty where each kommune has its own team."""
    message: str
    lasts: str = field(default="", metadata=LATER)
    """From which day until which, in words."""
    meetings: str = field(default="", metadata=LATER)
    """How often the leaders meet and it is reported, in words."""
    text: str = field(default="", metadata=LATER)
    """What else is agreed."""
    organisations: tuple[str, ...] = field(default=(), metadata=LATER)
    """The parties' organisation numbers in the order of `parties`; "" for one that is not known."""
    lending: tuple[AgreementLend, ...] = field(default=(), metadata=LATER)
    """The same as `lends`, for the kommune's own word on those that it is about."""
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAnswer:
    """From the kommune: yes or no to a notice, that it goes out, or that it stays in after all ("in"). Its word in the
    registry is what holds; this says who decided and why."""

    TYPE: ClassVar[str] = "agreement_answer"
    VERSION: ClassVar[int] = 1

    agreement: UUID
    notice: UUID | None
    """Id of the letter that is answered; None for a kommune that goes out by itself."""
    said: AgreementSaid
    starts_at: datetime
    """From when the word holds; for a no, when it was said."""
    decided_by: str
    """Name and title of whoever decided in the kommune."""
    reason: str
    at: datetime


type StepState = Literal["done", "under_way", "open", "not_relevant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHealth:
    """From the kommune: how far it has come with its start, and how its team stands. Codes and counts of staff."""

    TYPE: ClassVar[str] = "office_health"
    VERSION: ClassVar[int] = 1

    list_version: str
    """Of the list of steps, see shared.codes.starting."""
    steps: Mapping[str, StepState]
    team: int
    """People in the team; `certified` hold a RITE certification, `trained` have every e-learning module."""
    certified: int
    trained: int
    police: bool
    """Is there a police contact?"""
    started_on: date | None
    as_of: datetime

    def __post_init__(self) -> None:
        if min(self.team, self.certified, self.trained) < 0 or max(self.certified, self.trained) > self.team:
            raise ValueError("Flere er sertifisert eller opplært enn det er i teamet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TestAsked:
    """From the kommune: send us a test concern. The region answers with a TestConcern without anybody pressing."""

    __test__: ClassVar[bool] = False

    TYPE: ClassVar[str] = "test_asked"
    VERSION: ClassVar[int] = 1

    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterText:
    """A system matter as it was raised: what is wrong in how things are done, never about a person."""

    title: str
    category: str
    """A code of shared.codes.matters."""
    urgency: Literal["before", "next", "later"]
    """Before the next meeting, at the next one, or when there is room for it."""
    what: str
    tried: str
    wish: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemMatter:
    """What a kommune says to the leader team of a matter: that it is raised, one thing more, or that it is over.

    `withdrawn`: it is over since it tells of somebody after all, and its text is to go where it was sent.

    It was screened for what may be about a person before it was sent. `doubts`: per kind how often the writer said of
    a finding that it is about nobody; never the words themselves.
    """

    TYPE: ClassVar[str] = "system_matter"
    VERSION: ClassVar[int] = 1

    matter: UUID
    """The kommune's own id, the same in all letters of the matter."""
    said: Literal["raised", "more", "closed", "withdrawn"]
    raised: MatterText | None = None
    text: str = ""
    doubts: Mapping[str, int]
    sent_at: datetime

    def __post_init__(self) -> None:
        if (self.said == "raised") != (self.raised is not None):
            raise ValueError("Selve saken står i brevet når den reises, og bare da.")
        if self.said == "withdrawn" and self.text:
            raise ValueError("Det som trekkes, gjentas ikke.")
        if any(count < 1 for count in self.doubts.values()):
            raise ValueError("Det telles bare det som ble funnet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemMatterAnswer:
    """What the leader team says back: taken in, on an agenda, a question, decided, or not kept since it tells of
    somebody. No personal data."""

    TYPE: ClassVar[str] = "system_matter_answer"
    VERSION: ClassVar[int] = 1

    matter: UUID
    """The kommune's id, as it came."""
    said: Literal["taken_in", "joined", "agenda", "question", "decided", "sent_back"]
    text: str = ""
    meeting: str = ""
    """Which meeting, in words."""
    decision: str = ""
    """The decision's number or other reference."""
    measures: tuple[str, ...] = ()
    at: datetime
