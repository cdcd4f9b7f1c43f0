"""The start page of those who set the kommune up, until TryggEst has begun: the next step, and terms that wait."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.starting import agreement_queries, queries
from tenants.starting.steps import done, next_step
from tenants.starting.views import address
from varde.access import Permission, Reader


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """ "" when the phone is open and nothing waits for an answer."""
    if by.office.kind != "kommune" or not by.may(Permission.STARTING):
        return SafeString("")
    facts = queries.own_facts(by)
    context: dict[str, object] = {"waiting": agreement_queries.waiting() if by.may(Permission.AGREEMENT_SAY) else None}
    if not (facts.has_team and facts.started_on):
        found = queries.standing(by)
        ahead = next_step(found)
        context |= {"next": ahead, "url": address(ahead.step) if ahead else "", "done": done(found), "all": len(found)}
    if not any(context.values()):
        return SafeString("")
    return SafeString(render_to_string("starting/_start.html", context, request))
