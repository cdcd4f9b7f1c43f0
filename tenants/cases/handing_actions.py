"""Giving a place on a case to whoever takes over after somebody who leaves."""

from contextlib import suppress

from django.db import transaction

from tenants.cases.actions import add_member, remove_member
from tenants.cases.models import Case, CaseMember
from tenants.inbox.models import Concern
from varde.access import Reader
from varde.identity.models import User
from varde.refusal import Refused


def _case_of(concern: Concern | None, leaving: User) -> Case | None:
    """The open case that the one who leaves is on."""
    rows = CaseMember.objects.filter(case__concern=concern, case__state="open", user=leaving)
    found = rows.select_related("case__concern").first() if concern else None
    return found.case if found else None


@transaction.atomic
def let_in(*, concern: Concern, leaving: User, heir: User, by: Reader) -> None:
    """Put the heir on the case that the other one is on. A case that must not be opened to the heir stays as it is."""
    case = _case_of(concern, leaving)
    if case is not None:
        with suppress(Refused), transaction.atomic():
            add_member(case=case, user=heir, by=by)


@transaction.atomic
def give_place(*, concern: Concern | None, leaving: User, heir: User, by: Reader) -> None:
    """The heir is on the case, and the other one no longer, unless something in it is still theirs."""
    case = _case_of(concern, leaving)
    if case is not None and CaseMember.objects.filter(case=case, user=heir).exists():
        with suppress(Refused), transaction.atomic():
            remove_member(case=case, user=leaving, by=by)
