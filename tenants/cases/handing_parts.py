"""The places on cases of somebody who leaves, for the hand-over."""

from collections.abc import Iterable
from uuid import UUID

from tenants.cases.handing_actions import give_place
from tenants.cases.models import CaseMember
from tenants.inbox.handing import Kind


def places(user_id: UUID) -> Iterable[UUID]:
    """The matters of the open cases that a person is on."""
    return CaseMember.objects.filter(case__state="open", user=user_id).values_list("case__concern", flat=True)


# After everything else: nobody leaves a case while owning something in it.
PLACE = Kind("place", 90, "plass på en sak", "plasser på saker", places, give_place)
