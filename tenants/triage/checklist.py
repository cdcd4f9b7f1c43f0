"""What the checklist proposes, and what must be said to choose otherwise. Pure."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shared.codes.categories import category
from shared.codes.checklists import acute
from varde.refusal import Refused
from varde.ui.dates import date_and_time

YES_NO = [("yes", "Ja"), ("no", "Nei"), ("unknown", "Vet ikke")]
# Whom one calls when it is now, as `shared.codes.emergency` has them.
NUMBERS = ("112", "113", "116117")
OTHER_SERVICE = "*"
"""A service in which nobody is known here, so that there is nobody to shut out."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The checklist as it was answered. `service` is one whose people are shut out, `other_service` one without any."""

    criteria: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    not_acute: str = ""
    about_service: str = ""
    service: str = ""
    other_service: str = ""

    def __bool__(self) -> bool:
        """Has anything been answered?"""
        return self != Filled()

    def as_json(self) -> dict[str, Any]:
        """To be sealed."""
        return asdict(self) | {"criteria": list(self.criteria)}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Filled":
        """What `as_json` gave; what a later version no longer knows is left out."""
        known = {name: value for name, value in kept.items() if name in cls.__dataclass_fields__}
        return cls(**(known | {"criteria": tuple(known.get("criteria", ()))}))


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody has rung: which number, when, who did, and what came of it."""

    number: str
    at: datetime
    who: str
    outcome: str


def proposed(ticked: Collection[str]) -> str:
    """The category that any ticked criterion proposes; "" when none is ticked."""
    return acute().proposes if ticked else ""


def check_proposal(ticked: Collection[str], chosen: str, why_not: str) -> None:
    """Raise Refused when something is ticked and another category is chosen without saying why. Nothing is forced."""
    wanted = proposed(ticked)
    if wanted and chosen != wanted and not why_not.strip():
        label = category(wanted).label
        raise Refused(f"Du har krysset av på listen, og da foreslås «{label}». Velg den, eller skriv hvorfor ikke.")


def check_called(at: datetime, now: datetime) -> None:
    """Raise ValueError for a call that has not been yet, or so long ago that it must be a slip."""
    if at > now + timedelta(minutes=1):
        raise ValueError(f"{date_and_time(at)} er fram i tid. Når ringte dere?")
    if at < now - timedelta(days=366):
        raise ValueError("Det er mer enn et år siden. Se over datoen.")
