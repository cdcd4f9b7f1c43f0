"""The key that tickets are checked with, in every office. See `ticket` and the migration."""

from typing import ClassVar

from django.db import models


class Seal(models.Model):
    """One row, laid by the owner when the schema is brought up to date; the office's login has no right to it."""

    office_rights: ClassVar[str] = ""
    id = models.SmallIntegerField(primary_key=True, default=1)
    # The two halves of an HMAC key, ready for use: the key with its inner and its outer padding.
    inner = models.BinaryField()
    outer = models.BinaryField()

    class Meta:
        db_table = "access_seal"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "inner", "outer")
        open_because = {
            "inner": "Er selv en nøkkel, og åpner ingen tekst. Innloggingen kan ikke lese den.",
            "outer": "Er selv en nøkkel, og åpner ingen tekst. Innloggingen kan ikke lese den.",
        }
