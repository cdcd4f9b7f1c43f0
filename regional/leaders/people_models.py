"""Who sits in the leader team: places that do not rotate, and people's terms in all places."""

from typing import ClassVar

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights
from varde.privacy.models import Row

SEAT, FIXED, ON_REQUEST = "seat", "fixed", "on_request"
CAPACITIES = {FIXED: "Fast medlem", ON_REQUEST: "Innkalles ved behov"}
_MANAGES = holds(Permission.LEADERS_MANAGE)
_RIGHTS = RowRights(
    people="true",
    may_insert=_MANAGES,
    may_change=_MANAGES,
    purposes={"setup": "SELECT, INSERT, UPDATE", "reminders": "SELECT"},
)
_STAFF = "En ansatt eller folkevalgt i sitt arbeid, som innkallingen og referatet trenger. Ikke noen i en sak."


class Place(Row):
    """A place outside the rotation: a body with a person (police, legevakt), a kommune's coordinator, somebody who is
    called in when needed."""

    office_rights: ClassVar[str] = "SELECT, INSERT, UPDATE"
    row_rights = _RIGHTS
    body = models.CharField(max_length=120)
    kommune = models.CharField(max_length=80, blank=True)
    capacity = models.CharField(max_length=10, choices=list(CAPACITIES.items()), default=FIXED)
    # The kommune's TryggEst coordinator; and the body that answers the shared phone, which always has a fixed place.
    coordinator = models.BooleanField(default=False)
    answers_phone = models.BooleanField(default=False)
    since = models.DateField()
    # The last day.
    until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "leaders_place"

    class Privacy:
        personal = ("made_by_name",)
        free_text = ("body",)
        safe = (
            "id", "kommune", "capacity", "coordinator", "answers_phone", "since", "until", "made_at",
        )  # fmt: skip
        open_because = {
            "body": "Navn på en virksomhet eller et verv, uten person.",
            "kommune": "Navn på en kommune.",
            "capacity": "En kode fra en fast liste.",
            "made_by_name": "Navnet på den ansatte som førte plassen.",
        }


class Term(Row):
    """A person in a place from a day to a day: a seat that rotates (by name, with the kommune the person comes from),
    or a `Place`. A substitute sits instead of whoever has the place, for a time or for one day."""

    office_rights: ClassVar[str] = "SELECT, INSERT, UPDATE"
    row_rights = _RIGHTS
    seat = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="terms")
    kommune = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    # The person's own account in the region, where there is one.
    user = models.UUIDField(null=True, blank=True)
    since = models.DateField()
    # The last day.
    until = models.DateField(null=True, blank=True)
    substitute = models.BooleanField(default=False)
    # Of a substitute in a seat: the kommune whose turn it is, where the substitute comes from another.
    instead_of = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    # Entered by mistake: it counts no more, and stays.
    gone_at = models.DateTimeField(null=True, blank=True)
    gone_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "leaders_term"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seat="", place__isnull=False) | (~models.Q(seat="") & models.Q(place__isnull=True)),
                name="leaders_term_in_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="leaders_term_ends_after_it_begins",
            ),
        ]

    class Privacy:
        personal = ("name", "title", "email", "user", "made_by_name", "gone_by_name")
        free_text = ()
        safe = (
            "id", "seat", "place", "kommune", "since", "until", "substitute", "instead_of", "made_at",
            "gone_at",
        )  # fmt: skip
        open_because = {
            "seat": "Navn på en plass i lederteamet.",
            "kommune": "Navn på en kommune.",
            "instead_of": "Navn på en kommune.",
            "name": _STAFF,
            "title": _STAFF,
            "email": "Adressen i arbeidet, som innkallingen går til.",
            "made_by_name": "Navnet på den ansatte som førte hvem som sitter.",
            "gone_by_name": "Navnet på den ansatte som tok det tilbake.",
        }
