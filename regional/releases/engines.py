"""The engine and the auditor, which know nothing of each other nor of this house: JSON in, JSON out."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version

from regional.releases.problem import Json
from varde.refusal import Refused

SECONDS = 120.0
"""How long a release may be searched for; after that the most careful safe one that was found is taken."""


@dataclass(frozen=True, slots=True)
class Engines:
    """`protect`: problem -> release. `audit`: problem, release -> verdict. Both raise Refused with their sentence.
    `versions`: of the program and the solver, for the ledger."""

    protect: Callable[[Json], Json]
    audit: Callable[[Json, Json], Json]
    versions: Json


def engines(key: bytes, *, seconds: float = SECONDS) -> Engines:
    """The ones that are installed; `key` breaks ties in an order that nobody else can foresee."""
    protecting, auditing = import_module("varde.protect.engine"), import_module("varde.auditor.verdict")
    refusal = import_module("varde.protect.problem").Refusal
    unreadable = import_module("varde.auditor.reading").Unreadable

    def protect(problem: Json) -> Json:
        try:
            found: Json = protecting.protect(problem, wish=protecting.Wish(seconds=seconds, key=key))
        except refusal as error:
            raise Refused(str(error)) from error
        return found

    def audit(problem: Json, release: Json) -> Json:
        try:
            verdict: Json = auditing.audit(problem, release)
        except unreadable as error:
            raise Refused(str(error)) from error
        return verdict

    return Engines(protect, audit, {"program": version("varde"), "solver": f"highspy {version('highspy')}"})
