"""The two kinds of rows in an office."""

import uuid
from typing import Any, ClassVar

from django.db import models


class Row(models.Model):
    """A row whose id is made by the client: nothing to count, nothing to guess, nothing to return."""

    office_rights: ClassVar[str] = "SELECT, INSERT, UPDATE, DELETE"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.label} {self.pk}"


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
