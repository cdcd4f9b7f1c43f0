"""Telling those at the phone that something is there: never what, about whom, or from where."""

from django.db import transaction

from regional.phone.notices import addresses
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def came_back(ref: OfficeRef) -> None:
    """Something came back and waits for a new kommune; told after the commit, and an error denies nothing."""
    to = addresses()
    transaction.on_commit(lambda: tell("new", to=to, ref=ref), robust=True)


def waits(ref: OfficeRef) -> None:
    """Something has waited too long, in a kommune or here."""
    to = addresses()
    transaction.on_commit(lambda: tell("waits_phone", to=to, ref=ref), robust=True)
