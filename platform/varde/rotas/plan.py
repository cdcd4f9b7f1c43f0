"""Whose rota it is: its tables, who keeps it, and what it is called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from varde.access.permissions import Permission
from varde.identity.models import User
from varde.rota import Away
from varde.rotas.models import (
    AnyAbsence,
    AnyDatedShift,
    AnyOpeningHours,
    AnyOtherDay,
    AnyShiftFeed,
    AnyShiftSwap,
    AnyWeeklyShift,
)
from varde.worktime import Opening

# What whoever asks calls now is so old at most.
A_MOMENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the rota lies."""

    hours: type[AnyOpeningHours]
    other_day: type[AnyOtherDay]
    weekly: type[AnyWeeklyShift]
    dated: type[AnyDatedShift]
    absence: type[AnyAbsence]
    swap: type[AnyShiftSwap]
    feed: type[AnyShiftFeed]


@dataclass(frozen=True, slots=True)
class Plan:
    """One office's rota.

    `here`: those who may have the phone, by name. `plans`: may plan for everybody. `has_shifts`: may note an absence
    or a swap of their own. `default`: the hours until somebody sets others. `room`: first word of the log's nouns.
    `not_here`: what is said of somebody who may not have the phone any more, after the name; `one_who`: of the others.
    `rings_all`: those of one place are rung at once. `unfit`: when somebody on the rota could not answer, besides being
    away.
    """

    tables: Tables
    here: Callable[[], list[User]]
    plans: Permission
    has_shifts: Permission
    default: Opening
    room: str
    not_here: str
    one_who: str
    rings_all: bool = False
    unfit: Callable[[], list[Away[UUID]]] = list

    def noun(self, what: str) -> str:
        """ "team.shift"."""
        return f"{self.room}.{what}"
