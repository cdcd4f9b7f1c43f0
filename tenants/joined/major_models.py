"""A major matter: several matters that are seen together by the few who need to, and what leaders are told of it."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import Concern
from varde.access.held import is_a
from varde.access.roles import Role
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedTextField
from varde.privacy.models import Row

SIZES = [("few", "2 til 5"), ("some", "6 til 20"), ("many", "Flere enn 20")]


class MajorMatter(Row):
    """There for those who are on it and see every matter in it, and for nobody else, coordinators included. Sealed
    under a key of its own, so that it can be deleted without touching any matter."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(people=f"major_open(id, {USER})", may_insert=is_a(Role.COORDINATOR))
    name = SealedTextField()
    why = SealedTextField()
    # The one who speaks with journalists.
    media_name = SealedTextField()
    media_phone = SealedTextField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "joined_major"

    class Privacy:
        personal = ("media_name", "media_phone", "made_by", "made_by_name", "closed_by_name")
        free_text = ("name", "why")
        safe = ("id", "made_at", "closed_at")
        open_because = {
            "made_by_name": "Navnet på den ansatte som opprettet den. Ses bare av dem som er med.",
            "closed_by_name": "Navnet på den ansatte som avsluttet den. Ses bare av dem som er med.",
        }

    @property
    def key_id(self) -> UUID:
        """Its own."""
        return self.pk


class MajorMember(Row):
    """Somebody who needs to know. Whoever does not see every matter is not put on."""

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(
        people=f"major_open(major_id, {USER})",
        may_insert=f"(major_open(major_id, {USER}) AND major_seen(major_id, user_id)) "
        f"OR (user_id = {USER} AND major_newborn(major_id, {USER}))",
        purposes={"verify": "SELECT"},
    )
    major = models.ForeignKey(MajorMatter, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        db_table = "joined_majormember"
        constraints = [models.UniqueConstraint(fields=["major", "user"], name="joined_once_on_a_major")]

    class Privacy:
        personal = ("user",)
        free_text = ()
        safe = ("id", "major", "since")


class MajorLink(Row):
    """A matter that is part of it. Everybody who is on it must see the matter."""

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(
        people=f"major_open(major_id, {USER})",
        may_insert=f"major_open(major_id, {USER}) AND matter_held(concern_id, {USER}) "
        "AND major_all_see(major_id, concern_id)",
        purposes={"verify": "SELECT"},
    )
    major = models.ForeignKey(MajorMatter, on_delete=models.PROTECT, related_name="links")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "joined_majorlink"
        constraints = [models.UniqueConstraint(fields=["major", "concern"], name="joined_once_in_a_major")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "major", "concern", "at")


class MajorKommune(Row):
    """A kommune that it concerns, and whom to call there: the office's own list, for those who are on it."""

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(people=f"major_open(major_id, {USER})")
    major = models.ForeignKey(MajorMatter, on_delete=models.PROTECT, related_name="kommuner")
    kommune = SealedTextField()
    contact = SealedTextField()
    phone = SealedTextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "joined_majorkommune"

    class Privacy:
        personal = ("contact", "phone", "by_name")
        free_text = ("kommune",)
        safe = ("id", "major", "at")
        open_because = {"by_name": "Navnet på den ansatte som skrev den opp. Ses bare av dem som er med."}

    @property
    def key_id(self) -> UUID:
        """The major matter's."""
        return self.major_id


class MajorAlert(Row):
    """What one leader is told: that there is a major matter, its size in rough steps, and who speaks with journalists.
    Nothing of the matters, and nobody in them."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        # Whoever is shut out of one of the matters after being told does not see it any more.
        people=f"(to_id = {USER} AND taken_back_at IS NULL AND major_may_tell(major_id, to_id))"
        f" OR major_open(major_id, {USER})",
        may_insert=f"major_open(major_id, {USER}) AND major_may_tell(major_id, to_id)",
        # Only that the mail has gone is written afterwards.
        may_change="false",
        purposes={"reminders": "SELECT, UPDATE"},
    )
    major = models.ForeignKey(MajorMatter, on_delete=models.PROTECT, related_name="alerts")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    size = models.CharField(max_length=5, choices=SIZES)
    kommuner = models.BooleanField(default=False)
    media = models.BooleanField(default=False)
    media_name = models.CharField(max_length=200)
    media_phone = models.CharField(max_length=50)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    told_at = models.DateTimeField(null=True, blank=True)
    # When the leader was shut out of one of the matters: it stays so when that matter is taken out or is gone.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "joined_majoralert"
        indexes = [models.Index(fields=["to", "at"], name="joined_alerts")]

    class Privacy:
        personal = ("to", "media_name", "media_phone", "by_name")
        free_text = ()
        safe = ("id", "major", "size", "kommuner", "media", "at", "told_at", "taken_back_at")
        open_because = {
            "size": "En kode fra en fast liste med tre grove trinn.",
            "media_name": "Navnet på den ansatte som snakker med pressen. Lederen må kunne lese det uten å se saken.",
            "media_phone": "Arbeidstelefonen til den som snakker med pressen.",
            "by_name": "Navnet på den ansatte som varslet lederen.",
        }
