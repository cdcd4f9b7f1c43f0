"""When the kommune's phone is open, and who answers it."""

from django.db import models

from varde.access.rows import USER, RowRights
from varde.rotas.models import (
    AnyAbsence,
    AnyDatedShift,
    AnyOpeningHours,
    AnyOtherDay,
    AnyShiftFeed,
    AnyShiftSwap,
    AnyWeeklyShift,
)

_SETS_UP = f"team_sets_up({USER})"
_OWN = f"user_id = {USER} OR {_SETS_UP}"
_SETUP = "INSERT, UPDATE, DELETE"


class OpeningHours(AnyOpeningHours):
    """As everywhere."""

    row_rights = RowRights(people="true", may_insert=_SETS_UP, purposes={"setup": "INSERT"})

    class Meta:
        db_table = "team_openinghours"


class OtherDay(AnyOtherDay):
    """As everywhere."""

    row_rights = RowRights(people="true", may_insert=_SETS_UP, may_change=_SETS_UP, purposes={"setup": _SETUP})

    class Meta:
        db_table = "team_otherday"


class WeeklyShift(AnyWeeklyShift):
    """As everywhere."""

    row_rights = RowRights(people="true", may_insert=_SETS_UP, may_change=_SETS_UP, purposes={"setup": _SETUP})

    class Meta:
        db_table = "team_weeklyshift"


class DatedShift(AnyDatedShift):
    """As everywhere."""

    row_rights = RowRights(people="true", may_insert=_SETS_UP, may_change=_SETS_UP, purposes={"setup": _SETUP})

    class Meta:
        db_table = "team_datedshift"


class Absence(AnyAbsence):
    """As everywhere; one's own, or for those who set up the team anybody's."""

    row_rights = RowRights(people="true", may_insert=_OWN, may_change=_OWN, purposes={"setup": _SETUP})

    class Meta:
        db_table = "team_absence"


class ShiftSwap(AnyShiftSwap):
    """As everywhere; one's own, or for those who set up the team anybody's."""

    row_rights = RowRights(people="true", may_insert=_OWN, may_change=_OWN, purposes={"setup": _SETUP})

    class Meta:
        db_table = "team_shiftswap"


class ShiftFeed(AnyShiftFeed):
    """One's own; the page that a calendar program reads finds it by its hash."""

    row_rights = RowRights(people=f"user_id = {USER}", purposes={"sharing": "SELECT"})

    class Meta:
        db_table = "team_shiftfeed"
        indexes = [models.Index(fields=["secret_hash"], name="team_shiftfeed_secret")]
