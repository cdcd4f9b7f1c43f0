"""Triage's part of the case page: duties, police, stop and who carries it; and the same in the line of time."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event
from tenants.inbox.models import Concern
from tenants.triage import duties_panels, tell_queries
from varde.access import Permission, Reader
from varde.identity.models import User


def duties(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """What has been weighed and what has not, and the ways to it."""
    if not reader.may(Permission.TRIAGE):
        return SafeString("")
    context = {"matter": duties_panels.of_matter(case.concern)}
    return SafeString(render_to_string("triage/_duties.html", context, request))


def events(case: Case) -> Iterator[Event]:
    """What has been weighed, rung, stopped and handed over."""
    return story_of(case.concern)


def story_of(concern: Concern) -> Iterator[Event]:
    """The same of a matter that need not be a case."""
    for each in duties_panels.story(concern):
        yield Event(each.when, each.title, each.who, each.text, each.wrong, each.mark_at)


def held(case: Case, user: User) -> str | None:
    """That a person is to tell of a duty keeps them on the case; None when not."""
    return tell_queries.held(case.concern_id, user)
