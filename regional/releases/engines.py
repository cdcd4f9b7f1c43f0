"""The engine and the auditor, which know nothing of each other nor of this house: JSON in, JSON out."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from regional.releases.problem import Json
from varde.auditor.reading import Unreadable
from varde.auditor.verdict import audit as audited
from varde.protect.engine import Wish
from varde.protect.engine import protect as protected
from varde.protect.problem import Refusal
from varde.refusal import Refused

SECONDS = 120.0
"""How long a release may be searched for; after that the most careful safe one that was found is taken."""


@dataclass(frozen=True, slots=True)
class Engines:
    """`protect`: problem -> release. `audit`: problem, release -> verdict, which says who can find out which cell, not
    how. Both raise Refused with their sentence.
    `versions`: of the program and the solver, for the ledger."""

    protect: Callable[[Json], Json]
    audit: Callable[[Json, Json], Json]
    versions: Json


def engines(key: bytes, *, seconds: float = SECONDS) -> Engines:
    """The ones that are installed; `key` breaks ties in an order that nobody else can foresee."""

    def protect(problem: Json) -> Json:
        try:
            return protected(problem, wish=Wish(seconds=seconds, key=key))
        except Refusal as error:
            raise Refused(str(error)) from error

    def audit(problem: Json, release: Json) -> Json:
        try:
            return audited(problem, release, strict=True, intervals=False, reasons=False)
        except Unreadable as error:
            raise Refused(str(error)) from error

    return Engines(protect, audit, {"program": version("varde"), "solver": f"highspy {version('highspy')}"})
