"""Persons in a matter, every version of their cards, and links between matters. What is told is sealed."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.persons.states import ROLES
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.privacy.models import AppendOnly, Row

TERM_KINDS = [
    ("id_number", "fødselsnummer"),
    ("phone", "telefonnummer"),
    ("whole_name", "fullt navn"),
    ("place", "sted"),
    ("name", "ord i et navn"),
]


class Person(Row):
    """A card of a person in a matter, known or not. `given` is a `card.Card`; earlier ones are `PersonVersion`s.

    A card that was merged into another stays as a closed row that points on.
    """

    office_rights = "SELECT, INSERT, UPDATE"
    # "keys" lays the tokens of told places anew, and must know which of them are protected. "returns" counts persons
    # apart from cases: which cards are of one, nothing of what they say.
    row_rights = RowRights(
        people=IN_MATTER,
        purposes={"keys": "SELECT", "returns": "SELECT"},
        purpose_rows={"returns": "role = 'exposed'"},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="persons")
    role = models.CharField(max_length=10, choices=ROLES)
    given = SealedJSONField()
    # Of the version that `given` is: two people who change the same card are told apart by it.
    version = models.UUIDField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=200)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed")
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "persons_person"

    class Privacy:
        personal = ("given", "made_by_name", "changed_by_name", "merged_by_name")
        free_text = ()
        safe = ("id", "concern", "role", "version", "made_at", "changed_at", "merged_into", "merged_at")
        open_because = {
            "role": "Kode fra en fast liste. Sier ikke hvem det er.",
            "made_by_name": "Navnet på den ansatte som laget kortet. Står også i innsynsloggen.",
            "changed_by_name": "Navnet på den ansatte som endret kortet. Står også i innsynsloggen.",
            "merged_by_name": "Navnet på den ansatte som slo kortene sammen. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class PersonVersion(AppendOnly):
    """A card as it was written at one time; the newest is the card itself."""

    row_rights = RowRights(people=IN_MATTER)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="versions")
    role = models.CharField(max_length=10, choices=ROLES)
    given = SealedJSONField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "persons_version"

    class Privacy:
        personal = ("given", "by_user", "by_name")
        free_text = ()
        safe = ("id", "concern", "person", "role", "at")
        open_because = {
            "role": "Kode fra en fast liste. Sier ikke hvem det er.",
            "by_name": "Navnet på den ansatte som skrev. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class PersonTerm(Row):
    """A number, a name or a place of a card as a keyed token; replaced when the card is changed."""

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(
        people=IN_MATTER,
        purposes={"verify": "SELECT", "returns": "SELECT"},
        purpose_rows={"returns": "kind = 'id_number'"},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=10, choices=TERM_KINDS)
    token = models.BinaryField()

    class Meta:
        db_table = "persons_term"
        indexes = [models.Index(fields=["token"], name="persons_token")]

    class Privacy:
        personal = ("token",)
        free_text = ()
        safe = ("id", "concern", "person", "kind")
        open_because = {
            "kind": "Kode fra en fast liste: om avtrykket er av et nummer, et navn eller et sted.",
            "token": "Nøklet avtrykk (HMAC) under kontorets søkenøkkel, kuttet til 10 byte.",
        }


class PersonLink(Row):
    """«Same person» in two matters, said by somebody who sees both; there for those who see both and no others."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=f"(matter_open(concern_id, {USER}) AND matter_open(other_id, {USER}))", purposes={"returns": "SELECT"}
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "persons_link"

    class Privacy:
        personal = ("person", "other_person", "by_user", "by_name", "ended_by_name")
        free_text = ()
        safe = ("id", "concern", "other", "at", "ended_at")
        open_because = {
            "by_name": "Navnet på den ansatte som koblet. Ses bare av dem som ser begge sakene.",
            "ended_by_name": "Navnet på den ansatte som fjernet koblingen. Ses bare av dem som ser begge sakene.",
        }


class PersonParted(AppendOnly):
    """Two cards that were one for a time, and are two again: which, since when, and why they were parted."""

    row_rights = RowRights(people=IN_MATTER)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    # The card that was kept, and the one that had been closed.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    merged_by_name = models.CharField(max_length=200)
    reason = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "persons_parted"

    class Privacy:
        personal = ("merged_by_name", "by_user", "by_name")
        free_text = ("reason",)
        safe = ("id", "concern", "person", "other_person", "merged_at", "at")
        open_because = {
            "merged_by_name": "Navnet på den ansatte som slo kortene sammen. Står også i innsynsloggen.",
            "by_name": "Navnet på den ansatte som skilte kortene. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


from tenants.persons import (  # noqa: E402  # further tables of this room, each with a file of their own
    address_models,  # noqa: F401
    spoken,  # noqa: F401
)
