"""Triage's part of the case page: duties, police, stop and who carries it; and the same in the line of time."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event, brief
from tenants.inbox.models import Concern
from tenants.triage import duties_panels, tell_queries
from varde.access import Permission, Reader
from varde.identity.models import User


def duties(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """What has been weighed and what has not, and the ways to it."""
    if not reader.may(Permission.TRIAGE):
        return SafeString("")
    matter = duties_panels.of_matter(case.concern)
    html = SafeString(render_to_string("triage/_duties.html", {"matter": matter}, request))
    waits, over = _waits(matter)
    return brief(html, waits=waits, colour="danger" if over else "info")


def _waits(matter: dict[str, Any]) -> tuple[str, bool]:
    """What is to be told or weighed, in a few words; and is it over time?"""
    if not matter["going"]:
        return "", False
    lines = matter["duties"]
    to_tell = sum(1 for line in lines if line["telling"] and line["telling"].ended_at is None)
    said = [f"{to_tell} skal meldes" if to_tell else "", f"{matter['left']} ikke vurdert" if matter["left"] else ""]
    return ", ".join(filter(None, said)), any(line["standing"] == "over" for line in lines)


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
