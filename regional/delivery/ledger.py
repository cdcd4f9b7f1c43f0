"""What the region says of its letters to the delivery ledger: from its own rows, never from the post."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from regional.delivery import queries
from regional.delivery.models import Returned, TestSent
from regional.hotline.models import Call
from shared.post.ledger import Held, Laid
from varde.access import Reader, Role
from varde.identity.queries import people
from varde.privacy.errors import CannotOpen
from varde.privacy.fields import open_together

CONCERN = "ConcernHandover"


def laid(by: Reader) -> Mapping[UUID, Laid]:
    """Concerns that were handed over (also those that came back from there), and tests."""
    calls = Call.objects.filter(letter_id__isnull=False).values_list("letter_id", "kommune", "opened_at")
    came = Returned.objects.values_list("handover", "kommune")
    tests = TestSent.objects.values_list("letter_id", "kommune", "opened_at")
    return {
        **{letter: Laid(to, CONCERN, heard=at is not None) for letter, to, at in calls if letter and to},
        **{letter: Laid(to, CONCERN, heard=True, moved=True) for letter, to in came},
        **{letter: Laid(to, "TestConcern", heard=at is not None) for letter, to, at in tests},
    }


def held(by: Reader, letters: Collection[UUID]) -> Held:
    """What came back: kept while its words open here, or when they have gone on and were stored elsewhere."""
    rows = list(Returned.objects.filter(came_in__in=list(letters)))
    open_together(rows)
    return Held(
        kept=[row.came_in for row in rows if row.state in ("stored", "opened") or _opens(row)],
        opened={row.came_in for row in rows if row.state == "opened"},
    )


def _opens(row: Returned) -> bool:
    try:
        return bool(row.content)
    except CannotOpen:
        return False


def late(by: Reader, at: datetime) -> int:
    """How many concerns nobody has opened in time, and how many that came back have waited as long."""
    return queries.overdue(at).count() + queries.stuck(at).count()


def whom(by: Reader) -> list[str]:
    """Who runs the phone."""
    return [person.email for person in people(Role.HOST_ADMINISTRATOR)]
