"""When the shared phone is open, and who answers it."""

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
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

_PLANS = holds(Permission.HOTLINE_MANAGE)
_OWN = f"(user_id = {USER} AND {holds(Permission.HOTLINE)}) OR {_PLANS}"
_SETUP = "INSERT, UPDATE, DELETE"


class OpeningHours(AnyOpeningHours):
    """As everywhere."""

    row_rights = RowRights(people="true", may_insert=_PLANS, purposes={"setup": "INSERT"})

    class Meta:
        db_table = "phone_openinghours"


class OtherDay(AnyOtherDay):
    """As everywhere."""

    row_rights = RowRights(people="true", may_insert=_PLANS, may_change=_PLANS, purposes={"setup": _SETUP})

    class Meta:
        db_table = "phone_otherday"


class WeeklyShift(AnyWeeklyShift):
    """As everywhere. Several in the first place are rung at once."""

    row_rights = RowRights(people="true", may_insert=_PLANS, may_change=_PLANS, purposes={"setup": _SETUP})

    class Meta:
        db_table = "phone_weeklyshift"


class DatedShift(AnyDatedShift):
    """As everywhere."""

    row_rights = RowRights(people="true", may_insert=_PLANS, may_change=_PLANS, purposes={"setup": _SETUP})

    class Meta:
        db_table = "phone_datedshift"


class Absence(AnyAbsence):
    """As everywhere; an operator's own, or for the host anybody's."""

    row_rights = RowRights(people="true", may_insert=_OWN, may_change=_OWN, purposes={"setup": _SETUP})

    class Meta:
        db_table = "phone_absence"


class ShiftSwap(AnyShiftSwap):
    """As everywhere; an operator's own, or for the host anybody's."""

    row_rights = RowRights(people="true", may_insert=_OWN, may_change=_OWN, purposes={"setup": _SETUP})

    class Meta:
        db_table = "phone_shiftswap"


class ShiftFeed(AnyShiftFeed):
    """One's own; the page that a calendar program reads finds it by its hash."""

    row_rights = RowRights(people=f"user_id = {USER}", purposes={"sharing": "SELECT"})

    class Meta:
        db_table = "phone_shiftfeed"
        indexes = [models.Index(fields=["secret_hash"], name="phone_shiftfeed_secret")]
