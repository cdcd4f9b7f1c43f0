"""What the region says to the delivery ledger of system matters: from its own rows, never from the post."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F

from regional.matters import states
from regional.matters.models import Matter, MatterWord
from shared.post.ledger import Held
from varde.access import Reader


def held(by: Reader, letters: Collection[UUID]) -> Held:
    """The matters and words that are here; opened are those that somebody has taken in, sent back or read."""
    came = Matter.objects.filter(letter_id__in=list(letters))
    rows = MatterWord.objects.filter(way="in", letter_id__in=list(letters))
    kept = [*came.values_list("letter_id", flat=True), *rows.values_list("letter_id", flat=True)]
    opened = {
        *came.exclude(state=states.NEW).values_list("letter_id", flat=True),
        *rows.filter(at__lte=F("matter__read_at")).values_list("letter_id", flat=True),
    }
    return Held(kept=[letter for letter in kept if letter], opened={letter for letter in opened if letter})
