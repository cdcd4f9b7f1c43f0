"""The two kinds of rows in an office, and the keys that their content is sealed under."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from varde.privacy.cells import as_they_are


class Row(models.Model):
    """A row whose id is made by the client: nothing to count, nothing to guess, nothing to return."""

    office_rights: ClassVar[str] = "SELECT, INSERT, UPDATE, DELETE"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.label} {self.pk}"

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """As Django's, without opening what is sealed."""
        with as_they_are():
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)


class FrozenRow(TypeError):
    """An append-only row was to be changed."""


class AppendOnly(Row):
    """Written once; the office's login has no right to change or delete it."""

    office_rights: ClassVar[str] = "SELECT, INSERT"

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused here before the database refuses it too."""
        if not self._state.adding:
            raise FrozenRow(f"{self._meta.label} kan ikke endres.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenRow(f"{self._meta.label} kan ikke slettes.")


class DataKey(Row):
    """The half of a key that may stand in the database, wrapped under the office's key; the other half is a file.

    `id` is the matter's id (the concern's), or uuid5(office, purpose) for a key of the office as a whole. Row rights
    decide who may read it; anybody may add one, since a report must be sealed by somebody who cannot read it. Nobody
    changes one but through the functions of migration 0003.
    """

    office_rights: ClassVar[str] = "SELECT, INSERT"
    wrapped = models.BinaryField()
    # Also inside `wrapped`; here so that a rotation finds what is left to do.
    office_key = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)
    # The office that it was born in, when that has become part of this one; null for this one's own.
    born = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "privacy_datakey"
        indexes = [models.Index(fields=["office_key"], name="privacy_office_key")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "wrapped", "office_key", "made_at", "destroyed_at", "born")
        open_because = {
            "wrapped": "Er selv en lukket nøkkel.",
            "office_key": "Navnet på kontorets nøkkel, ikke nøkkelen.",
        }
