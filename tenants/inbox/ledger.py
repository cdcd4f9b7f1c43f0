"""What this kommune says of letters to the delivery ledger: from what it really has now, never from the receipts."""

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from shared.post.ledger import Held, Laid
from tenants.inbox.models import Concern
from tenants.inbox.returned_models import Ended, Returned, Trial
from varde.access import Reader, Role
from varde.identity.queries import people
from varde.privacy.errors import CannotOpen
from varde.privacy.fields import open_together


def laid(by: Reader) -> Mapping[UUID, Laid]:
    """What was sent back to the phone; heard of when a person at the right kommune has it."""
    rows = Returned.objects.values_list("letter_id", "to_office", "gone_at")
    return {letter: Laid(to, "Misrouted", heard=gone is not None) for letter, to, gone in rows}


def held(by: Reader, letters: Collection[UUID]) -> Held:
    """Concerns and tests that these letters became: a concern is kept while its words can be read."""
    wanted = list(letters)
    concerns = list(Concern.objects.filter(letter_id__in=wanted))
    trials = list(Trial.objects.filter(letter_id__in=wanted).values_list("letter_id", "opened_at"))
    ended = set(Ended.objects.filter(letter_id__in=wanted).values_list("letter_id", flat=True))
    gone = set(Returned.objects.filter(gone_at__isnull=False).values_list("concern_id", flat=True))
    open_together([row for row in concerns if row.id not in gone])
    opened = {row.letter_id for row in concerns if row.opened_at and row.letter_id}
    return Held(
        kept=[*_readable(row for row in concerns if row.id not in gone), *(letter for letter, _ in trials)],
        opened=opened | {letter for letter, at in trials if at},
        ended=ended | {row.letter_id for row in concerns if row.id in gone and row.letter_id},
    )


def _readable(concerns: Iterator[Concern]) -> Iterator[UUID]:
    for row in concerns:
        try:
            if row.what and row.letter_id:
                yield row.letter_id
        except CannotOpen:
            continue


def whom(by: Reader) -> list[str]:
    """Who hears that something is missing."""
    return [person.email for person in people(Role.COORDINATOR, Role.ADMINISTRATOR)]
