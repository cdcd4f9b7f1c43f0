"""The letters that may cross a border between offices. What is not a type here cannot leave an office."""

from collections.abc import Mapping
from types import MappingProxyType

from shared.contracts.concerns import (
    AcuteAction,
    ConcernHandover,
    EarlierNote,
    EscalationNotice,
    Misrouted,
    Opened,
    Redirected,
    TestConcern,
)
from shared.contracts.known import Known
from shared.contracts.region import (
    AgreementAnswer,
    AgreementLend,
    AgreementNotice,
    AgreementTask,
    MatterText,
    OfficeHealth,
    StepState,
    SystemMatter,
    SystemMatterAnswer,
    TestAsked,
)
from shared.contracts.releases import (
    ReleasedFigure,
    ReleasedLine,
    ReleasedQuestion,
    ReleasedTable,
    ReleaseGiven,
    ReleaseWithdrawn,
)
from shared.contracts.returns import Counts, PlannedCount, QuestionCounts, Return, SinceStart
from shared.contracts.templates import TemplateOffer
from shared.contracts.transfers import CaseTransfer, EarlierDecision, TransferFile, TransferPiece

type Letter = (
    ConcernHandover
    | Opened
    | Return
    | TestConcern
    | Misrouted
    | Redirected
    | EscalationNotice
    | CaseTransfer
    | TransferPiece
    | TemplateOffer
    | AgreementNotice
    | AgreementAnswer
    | OfficeHealth
    | TestAsked
    | SystemMatter
    | SystemMatterAnswer
    | ReleaseGiven
    | ReleaseWithdrawn
)

LETTER_TYPES: Mapping[str, type[Letter]] = MappingProxyType(
    {
        kind.TYPE: kind
        for kind in (
            ConcernHandover, Opened, Return, TestConcern, Misrouted, Redirected, EscalationNotice, CaseTransfer,
            TransferPiece, TemplateOffer, AgreementNotice, AgreementAnswer,
            OfficeHealth,
            TestAsked,
            SystemMatter,
            SystemMatterAnswer,
            ReleaseGiven,
            ReleaseWithdrawn,
        )
    }
)  # fmt: skip

__all__ = [
    "LETTER_TYPES",
    "AcuteAction",
    "AgreementAnswer",
    "AgreementLend",
    "AgreementNotice",
    "AgreementTask",
    "CaseTransfer",
    "ConcernHandover",
    "Counts",
    "EarlierDecision",
    "EarlierNote",
    "EscalationNotice",
    "Known",
    "Letter",
    "MatterText",
    "Misrouted",
    "OfficeHealth",
    "Opened",
    "PlannedCount",
    "QuestionCounts",
    "Redirected",
    "ReleaseGiven",
    "ReleaseWithdrawn",
    "ReleasedFigure",
    "ReleasedLine",
    "ReleasedQuestion",
    "ReleasedTable",
    "Return",
    "SinceStart",
    "StepState",
    "SystemMatter",
    "SystemMatterAnswer",
    "TemplateOffer",
    "TestAsked",
    "TestConcern",
    "TransferFile",
    "TransferPiece",
]
