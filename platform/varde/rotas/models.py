"""The tables of a rota. A room makes each its own: name, and who may see and change which rows.

Nothing in them is about a matter; colleagues see them. Why somebody is away is nobody's business, so it is not asked.
"""

from django.db import models

from varde.identity.models import User
from varde.privacy.models import AppendOnly, Row

WEEKDAYS = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
PLACES = [(1, "Svarer først"), (2, "Svarer når den første ikke kan")]


class AnyOpeningHours(AppendOnly):
    """From the day `valid_from` the phone is open so on a weekday, or closed without hours. Older rows are kept.

    A change of hours is seven rows with the same `set_at`; the newest of the newest day holds.
    """

    valid_from = models.DateField()
    weekday = models.PositiveSmallIntegerField(choices=list(enumerate(WEEKDAYS)))
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    on_holidays = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        abstract = True

    class Privacy:
        personal = ("set_by",)
        free_text = ()
        safe = ("id", "valid_from", "weekday", "opens", "closes", "on_holidays", "set_at")
        open_because = {"set_by": "Navn på den ansatte som satte åpningstiden."}


class AnyOtherDay(Row):
    """A single day that is closed, or has other hours than its weekday."""

    day = models.DateField(unique=True)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)

    class Meta:
        abstract = True

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "day", "opens", "closes")


class AnyWeeklyShift(Row):
    """Somebody has the phone every week on this weekday. One that ends no later than it begins ends the next day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(choices=PLACES)
    weekday = models.PositiveSmallIntegerField(choices=list(enumerate(WEEKDAYS)))
    starts = models.TimeField()
    ends = models.TimeField()
    valid_from = models.DateField()
    # With this day it is over; what has been is kept.
    valid_until = models.DateField(null=True)

    class Meta:
        abstract = True

    class Privacy:
        personal = ("user",)
        free_text = ()
        safe = ("id", "place", "weekday", "starts", "ends", "valid_from", "valid_until")


class AnyDatedShift(Row):
    """Somebody has the phone this once, whatever the calendar says of the day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(choices=PLACES)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        abstract = True

    class Privacy:
        personal = ("user",)
        free_text = ()
        safe = ("id", "place", "starts_at", "ends_at")


class AnyAbsence(Row):
    """Somebody is not at work from the first day to and with the last."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        abstract = True

    class Privacy:
        personal = ("user",)
        free_text = ()
        safe = ("id", "first_day", "last_day")


class AnyShiftSwap(Row):
    """Between these times somebody else takes what a person has on the rota."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    instead = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        abstract = True

    class Privacy:
        personal = ("user", "instead")
        free_text = ()
        safe = ("id", "starts_at", "ends_at")


class AnyShiftFeed(Row):
    """An address at which a calendar program reads a person's own shifts, until it is ended. Only its hash lies here.

    Made anew the old one ends. It holds for those who have the phone and have had that role since it was made.
    """

    office_rights = "SELECT, INSERT, UPDATE"
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    class Privacy:
        personal = ("user",)
        free_text = ()
        safe = ("id", "secret_hash", "made_at", "ended_at")
        open_because = {"secret_hash": "Avtrykket av en tilfeldig adresse. Adressen selv lagres ikke."}
