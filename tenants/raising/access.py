"""Who may look at which system matter. The getter is the guard, and each look is logged."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404

from tenants.raising import queries
from tenants.raising.models import Raised, RaisedWord
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.audit.shown import logged
from varde.privacy.fields import open_together

WHAT = "raising.matter"
PAGE_SIZE = 50


def listed(by: Reader, number: str | None) -> "Page[Raised]":
    """A page of what the reader sees; what is fetched is logged."""
    page = Paginator(logged(queries.matters(), by=by, what=WHAT), PAGE_SIZE).get_page(number)
    page.object_list = list(page.object_list)
    open_together(page.object_list)
    return page


def matter_for(by: Reader, raised_id: UUID) -> Raised:
    """One system matter; Http404, logged, for what is not there for this person."""
    found = queries.matter(raised_id)
    if found is None:
        record(by=by, action=Action.DENIED, what=WHAT, ids=[raised_id])
        raise Http404
    record(by=by, action=Action.VIEW, what=WHAT, ids=[found.id])
    return found


def waiting_word_for(by: Reader, raised: Raised, word_id: UUID) -> RaisedWord:
    """A word that waits to be approved; Http404 for any other."""
    found = RaisedWord.objects.filter(raised=raised, pk=word_id, way="out", sent_at=None).first()
    if found is None:
        record(by=by, action=Action.DENIED, what=WHAT, ids=[word_id])
        raise Http404
    return found
