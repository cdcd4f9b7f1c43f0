"""Writing down a person's place in the team."""

from datetime import date

from django.db import transaction

from tenants.team.models import TeamMember
from tenants.team.queries import as_seen, place_of
from varde import turn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.identity.models import User
from varde.refusal import Refused, check_seen


@transaction.atomic
def set_place(
    *,
    user: User,
    service: str,
    deputy: bool,
    rite_until: date | None,
    since: date,
    by: Reader,
    seen: str | None = None,
    phone: str | None = None,
) -> TeamMember:
    """Service, deputy, RITE date and since when; a new place or a change of the one there is.

    `phone`: the number at work, None to leave it as it is. `seen` is what the page showed (`queries.as_seen`). Raises
    Refused for one's own service, Overtaken when somebody else was first.
    """
    turn.wait_for(f"team.member {user.pk}")
    place = place_of(user)
    check_seen(seen, as_seen(place))
    new = place is None
    if by.user_id == user.id and (service, deputy) != (
        (place.service, place.deputy) if place else (user.service, False)
    ):
        raise Refused("Be en annen endre din egen tjeneste og om du er stedfortreder.")
    place = place or TeamMember(user=user)
    place.service, place.deputy, place.rite_until, place.since = service, deputy, rite_until, since
    place.phone = place.phone if phone is None else phone
    place.save(force_insert=new)
    record(by=by, action=Action.CREATE if new else Action.CHANGE, what="team.member", ids=[user.id])
    return place
