"""A matter from which something goes out, whether it is a case yet or not: where it lives, and that it goes on."""

from dataclasses import dataclass

from tenants.cases.access import require_case
from tenants.cases.models import Case
from tenants.cases.queries import locked
from tenants.cases.states import check_open
from tenants.inbox.home import Home, home_of
from tenants.inbox.models import Concern
from tenants.triage.said import take_going
from tenants.triage.states import DECIDABLE
from varde.access import Reader


@dataclass(frozen=True, slots=True)
class Place:
    """A matter that the reader sees, where its pages live («/saker/…» or «/innboks/…»), and the way back."""

    concern: Concern
    base: str
    home: Home

    @property
    def going(self) -> bool:
        """Is it at work, so that more can be said and shared?"""
        return self.concern.progress in DECIDABLE


def of_case(case: Case) -> Place:
    """Of a case that `case_for` has let through."""
    return Place(case.concern, f"/saker/{case.pk}", home_of(case.concern))


def of_concern(concern: Concern) -> Place:
    """Of a matter that `matter_for` has let through."""
    return Place(concern, f"/innboks/{concern.pk}", home_of(concern))


def hold(concern: Concern, by: Reader) -> None:
    """For actions: the matter is there for this reader, and goes on until the end of the transaction.

    Raises PermissionDenied, and Refused for one that is over or that nobody has opened.
    """
    case = Case.objects.filter(concern=concern).first()
    if case is None:
        take_going(concern, by)
        return
    require_case(by, case)
    check_open(locked(case).state)
