"""When the kommune's phone is open, and who answers it. Nothing here is about a matter; colleagues see it."""

from django.db import models

from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.models import AppendOnly, Row

WEEKDAYS = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
PLACES = [(1, "Svarer først"), (2, "Svarer når den første ikke kan")]

_SETS_UP = f"team_sets_up({USER})"
_OWN = f"user_id = {USER} OR {_SETS_UP}"
_SETUP = "INSERT, UPDATE, DELETE"


class OpeningHours(AppendOnly):
    """From the day `valid_from` the phone is open so on a weekday, or closed without hours. Older rows are kept.

    A change of hours is seven rows with the same `set_at`; the newest of the newest day holds.
    """

    row_rights = RowRights(people="true", may_insert=_SETS_UP, purposes={"setup": "INSERT"})
    valid_from = models.DateField()
    weekday = models.PositiveSmallIntegerField(choices=list(enumerate(WEEKDAYS)))
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    on_holidays = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        db_table = "team_openinghours"

    class Privacy:
        personal = ("set_by",)
        free_text = ()
        safe = ("id", "valid_from", "weekday", "opens", "closes", "on_holidays", "set_at")
        open_because = {"set_by": "Navn på den ansatte som satte åpningstiden."}


class OtherDay(Row):
    """A single day that is closed, or has other hours than its weekday."""

    row_rights = RowRights(people="true", may_insert=_SETS_UP, may_change=_SETS_UP, purposes={"setup": _SETUP})
    day = models.DateField(unique=True)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)

    class Meta:
        db_table = "team_otherday"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "day", "opens", "closes")


class WeeklyShift(Row):
    """Somebody has the phone every week on this weekday. One that ends no later than it begins ends the next day."""

    row_rights = RowRights(people="true", may_insert=_SETS_UP, may_change=_SETS_UP, purposes={"setup": _SETUP})
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(choices=PLACES)
    weekday = models.PositiveSmallIntegerField(choices=list(enumerate(WEEKDAYS)))
    starts = models.TimeField()
    ends = models.TimeField()
    valid_from = models.DateField()
    # With this day it is over; what has been is kept.
    valid_until = models.DateField(null=True)

    class Meta:
        db_table = "team_weeklyshift"

    class Privacy:
        personal = ("user",)
        free_text = ()
        safe = ("id", "place", "weekday", "starts", "ends", "valid_from", "valid_until")


class DatedShift(Row):
    """Somebody has the phone this once."""

    row_rights = RowRights(people="true", may_insert=_SETS_UP, may_change=_SETS_UP, purposes={"setup": _SETUP})
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(choices=PLACES)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "team_datedshift"

    class Privacy:
        personal = ("user",)
        free_text = ()
        safe = ("id", "place", "starts_at", "ends_at")


class Absence(Row):
    """Somebody is not at work from the first day to and with the last. Why is nobody's business, so it is not asked."""

    row_rights = RowRights(people="true", may_insert=_OWN, may_change=_OWN, purposes={"setup": _SETUP})
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        db_table = "team_absence"

    class Privacy:
        personal = ("user",)
        free_text = ()
        safe = ("id", "first_day", "last_day")


class ShiftSwap(Row):
    """Between these times somebody else takes what a person has on the rota."""

    row_rights = RowRights(people="true", may_insert=_OWN, may_change=_OWN, purposes={"setup": _SETUP})
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    instead = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "team_shiftswap"

    class Privacy:
        personal = ("user", "instead")
        free_text = ()
        safe = ("id", "starts_at", "ends_at")
