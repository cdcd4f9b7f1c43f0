"""Operators who have signed, as everybody who answers the phone has."""

from regional.phone.declaration_actions import sign
from regional.phone.declaration_queries import in_force
from tests.cast import PEOPLE, TEST, as_person, ref
from varde.access import Reader
from varde.access.ticket import current, presented
from varde.identity.actions import invite
from varde.identity.models import User
from varde.tenancy.work import work


def declare(name: str) -> None:
    """A person of the cast signs the text in force; the account is made where it is not there yet.

    Works inside the region's fixture (rolled back) and with `house` (committed).
    """
    by = as_person(name)
    if current() is None:
        with work(by.office, TEST):
            _sign(name, by)
    else:
        _sign(name, by)


def _sign(name: str, by: Reader) -> None:
    slug, role, full = PEOPLE[name]
    with presented(Reader.for_purpose(TEST, by.office)):
        if not User.objects.filter(pk=by.user_id).exists():
            setup = Reader.for_purpose("setup", ref(slug))
            invite(email=f"{name}@{slug}.example", name=full, roles=[role], by=setup, user_id=by.user_id)
    with presented(by):
        sign(read=in_force().sha256, by=by)
