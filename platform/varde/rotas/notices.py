"""Telling that a rota has gaps, and not a word of when."""

from collections.abc import Callable
from datetime import datetime

from varde.clock import now
from varde.identity.models import User
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def gaps(
    ahead: Callable[[datetime], list[tuple[datetime, datetime]]], whom: Callable[[], list[User]], ref: OfficeRef
) -> None:
    """Mail those who plan when somebody is missing in the next seven days."""
    if ahead(now()):
        tell("rota", to=[person.email for person in whom()], ref=ref)
