"""Who hears of a new activation link: whoever holds it can become the person it is for."""

from django.db import transaction

from varde.access.reader import Reader
from varde.access.roles import Role
from varde.identity.models import User
from varde.identity.queries import managing, people
from varde.notify.mail import tell


def link_made(*, user: User, by: Reader) -> None:
    """Mail to the person and to the others who manage people or coordinate, once the link is really made.

    Not to the one who made it. Somebody without a role is nobody to become, and is left alone.
    """
    if not user.grants.exists():
        return
    others = {one.email for one in people(*managing(by.office.kind), Role.COORDINATOR) if one.id != by.user_id}

    def send() -> None:
        tell("link", to=[user.email], ref=by.office)
        tell("link_other", to=sorted(others - {user.email}), ref=by.office)

    transaction.on_commit(send, robust=True)
