"""Who may look at which system matter. The getter is the guard, and each look is logged."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404

from regional.matters import queries
from regional.matters.models import Matter
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.audit.shown import logged
from varde.privacy.fields import open_together

WHAT = "matters.matter"
PAGE_SIZE = 50


def listed(by: Reader, shown: str, number: str | None) -> "Page[Matter]":
    """A page of the list; what is fetched is logged."""
    page = Paginator(logged(queries.matters(shown), by=by, what=WHAT), PAGE_SIZE).get_page(number)
    page.object_list = list(page.object_list)
    open_together(page.object_list)
    return page


def matter_for(by: Reader, matter_id: UUID) -> Matter:
    """One; Http404, logged, for what is not there for this person."""
    found = queries.matter(matter_id)
    if found is None:
        record(by=by, action=Action.DENIED, what=WHAT, ids=[matter_id])
        raise Http404
    record(by=by, action=Action.VIEW, what=WHAT, ids=[found.id])
    return found
