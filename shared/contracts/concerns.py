"""Letters about one concern, between the region's hotline and a kommune."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from shared.contracts.fields import LATER

type ReporterKind = Literal["privat", "ansatt"]
type AboutStaff = Literal["", "staff", "leader", "team", "coordinator"]
type Service = Literal["", "hotline", "krisesenter"]
type ReturnReason = Literal["", "bor_ikke_her", "feil_kommune"]
type OverdueLevel = Literal["", "duty", "leader", "region"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcuteAction:
    """What the phone did itself because it could not wait: a code or a few words, when (aware), by which service."""

    what: str
    at: datetime
    by_service: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierNote:
    """A note as it stood at the sender. Who wrote it stays there."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernHandover:
    """A concern taken down for a kommune. Text is "" where nothing was said; `taken_at` is aware."""

    TYPE: ClassVar[str] = "concern_handover"
    VERSION: ClassVar[int] = 1

    reference: str
    """What the operator sees afterwards instead of the content."""
    taken_at: datetime
    reporter_kind: ReporterKind
    anonymous: bool = False
    acute: bool = False
    what: str = ""
    who: str = ""
    """The exposed person as told: a name, or only a description."""
    where_lives: str = ""
    where_happened: str = ""
    when: str = ""
    suspected: str = ""
    reporter_name: str = ""
    reporter_phone: str = ""
    reporter_relation: str = ""
    safe_contact: str = ""
    extra: str = ""
    """The operator's own notes."""
    about_staff: AboutStaff = field(default="", metadata=LATER)
    """Is it about somebody who works in the kommune, and whom? Then few may see it there."""
    safe_person: str = field(default="", metadata=LATER)
    """How the exposed is safely reached."""
    safe_apart: bool = field(default=False, metadata=LATER)
    """The sender asked for the two apart: then `safe_contact` is of the reporter alone, else nobody knows of whom."""
    names_matter: str = field(default="", metadata=LATER)
    """What the caller said that a matter there is called. Nobody at the hotline learns whether there is one."""
    acute_actions: tuple[AcuteAction, ...] = field(default=(), metadata=LATER)
    """The oldest first."""
    service: Service = field(default="", metadata=LATER)
    """Who answered; "" says what it always said: the hotline."""
    times: int = field(default=0, metadata=LATER)
    """How often it has come back as misrouted before this letter."""
    added: tuple[EarlierNote, ...] = field(default=(), metadata=LATER)
    """What was written at the kommuner that it came back from, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A named person in the kommune has opened the handover; says that, and nothing of the content."""

    TYPE: ClassVar[str] = "opened"
    VERSION: ClassVar[int] = 1

    handover: UUID
    """Id of the letter that carried the ConcernHandover."""
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Misrouted:
    """The kommune says that the handover belongs elsewhere; the hotline finds the right one without reading it."""

    TYPE: ClassVar[str] = "misrouted"
    VERSION: ClassVar[int] = 1

    handover: UUID
    reference: str
    reason: str = ""
    why: ReturnReason = field(default="", metadata=LATER)
    suggested: str = field(default="", metadata=LATER)
    """The number of the kommune that it may belong to; "" when the sender does not know."""
    content: ConcernHandover | None = field(default=None, metadata=LATER)
    """The concern as it was handed over; the region keeps it where nobody there can read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirected:
    """To the kommune that sent it back: a person at a new recipient has opened it. Not where that is."""

    TYPE: ClassVar[str] = "redirected"
    VERSION: ClassVar[int] = 1

    handover: UUID
    """Id of the letter that once came to the one who sent it back."""
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationNotice:
    """Something has waited too long in the kommune, and everybody there has been told. Nothing of what it is."""

    TYPE: ClassVar[str] = "escalation_notice"
    VERSION: ClassVar[int] = 1

    handover: UUID
    reference: str
    waiting_since: datetime
    level: OverdueLevel
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TestConcern:
    """A made-up concern that proves the way through; it never becomes a case and is never counted."""

    __test__: ClassVar[bool] = False  # pytest would otherwise take the name for a class of tests

    TYPE: ClassVar[str] = "test_concern"
    VERSION: ClassVar[int] = 1

    reference: str
    sent_at: datetime
    note: str = ""
