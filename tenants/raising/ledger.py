"""What this kommune says to the delivery ledger of system matters: from its own rows, never from the post."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import F

from shared.post.ledger import Held, Laid
from tenants.raising import states
from tenants.raising.models import Raised, RaisedWord
from varde.access import Reader


def laid(by: Reader) -> Mapping[UUID, Laid]:
    """The matters that were sent; that a person has them is known from any answer."""
    rows = Raised.objects.filter(letter_id__isnull=False).values_list("letter_id", "region", "state")
    return {letter: Laid(to, "SystemMatter", heard=state != states.SENT) for letter, to, state in rows if letter and to}


def held(by: Reader, letters: Collection[UUID]) -> Held:
    """The answers that are here, and those that somebody has read."""
    rows = RaisedWord.objects.filter(way="in", letter_id__in=list(letters))
    kept = [letter for letter in rows.values_list("letter_id", flat=True) if letter]
    read = rows.filter(at__lte=F("raised__read_at")).values_list("letter_id", flat=True)
    return Held(kept=kept, opened={letter for letter in read if letter})
