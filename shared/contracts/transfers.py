"""The letter that hands a matter from one kommune's team to another's."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from shared.contracts.concerns import AboutStaff, EarlierNote, ReporterKind
from shared.contracts.fields import LATER
from shared.contracts.known import Known

type TransferReason = Literal["moved", "too_close"]
type PersonKnows = Literal["", "consents", "refuses", "no", "unknown"]
type LeaderTold = Literal["", "yes", "no", "concerned"]

OF_THE_REPORTER = ("reporter_name", "reporter_phone", "reporter_relation", "safe_contact")
"""Fields that say who told. Empty when the reporter was anonymous: a letter that breaks this cannot be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDecision:
    """A decision that the sender made, in the sender's codes, and why. Who made it stays with the sender."""

    at: datetime
    category: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFile:
    """A file of the matter. Its bytes come in letters of their own (`TransferPiece`), unless `left_out` says why not.

    `came_from` is "" for a file that came with the report; else who brought it later, and `at` when it was laid.
    """

    number: int
    kind: str
    size: int
    name: str
    declared: str
    at: datetime
    came_from: str
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPiece:
    """A piece of an original, for the file `number` of the CaseTransfer that went as the letter `transfer`."""

    TYPE: ClassVar[str] = "transfer_piece"
    VERSION: ClassVar[int] = 1

    transfer: UUID
    number: int
    ordinal: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTransfer:
    """A matter that another kommune takes over. Text is "" where nothing was said; the times are aware."""

    TYPE: ClassVar[str] = "case_transfer"
    VERSION: ClassVar[int] = 1

    reference: str
    """What the sender calls the matter, for the two to speak of it on the phone."""
    reason: TransferReason
    covered: bool
    """Then only a coordinator and one chosen substitute may see it at the recipient too."""
    received_at: datetime
    """When the sender got it: the clock does not start anew."""
    reporter_kind: ReporterKind
    anonymous: bool = False
    acute: bool = False
    occurred_on: date | None = None
    what: str = ""
    who: str = ""
    where_lives: str = ""
    where_happened: str = ""
    when: str = ""
    suspected: str = ""
    reporter_name: str = ""
    reporter_phone: str = ""
    reporter_relation: str = ""
    safe_contact: str = ""
    extra: str = ""
    person_knows: PersonKnows = ""
    leader_told: LeaderTold = ""
    about_staff: AboutStaff = ""
    """Somebody who works in the *sender's* kommune."""
    summary: str = ""
    decisions: tuple[EarlierDecision, ...] = ()
    """The oldest first."""
    notes: tuple[EarlierNote, ...] = ()
    """The oldest first; empty unless the sender chose to send them."""
    known: Known = field(default=Known(), metadata=LATER)
    """Cards, warnings, the person's voice, assessments, plans, duties, measures: what is known beside the notes."""
    files: tuple[TransferFile, ...] = field(default=(), metadata=LATER)
    safe_person: str = field(default="", metadata=LATER)
    """How the exposed is safely reached."""
    safe_apart: bool = field(default=False, metadata=LATER)
    """It was asked apart from `safe_contact`, which then is of the reporter alone."""

    def __post_init__(self) -> None:
        if self.anonymous and any(getattr(self, name) for name in OF_THE_REPORTER):
            raise ValueError("en anonym melder har ingen opplysninger om seg selv")
        if self.anonymous and any(person.role == "reporter" for person in self.known.persons):
            raise ValueError("en anonym melder har ikke noe kort")
