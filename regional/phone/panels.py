"""What the start page and the host's page have of this room."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.phone import declaration_queries, queries, training_queries
from regional.phone.access import SIGN, me
from varde.access import Permission, Reader, Role
from varde.clock import now
from varde.identity.models import User
from varde.ui.dates import day_of

_NOTHING = SafeString("")


def first_of_all(by: Reader) -> str:
    """Whoever is an operator and nothing else signs before the account opens."""
    if by.office.kind != "region" or by.user_id is None or by.roles != {Role.OPERATOR}:
        return ""
    return "" if declaration_queries.declared(by.user_id) else SIGN


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """The host: gaps of the next seven days and who lacks what. An operator: one's own."""
    if by.office.kind != "region":
        return _NOTHING
    hosts = host_box(request, by, start=True) if by.may(Permission.HOTLINE_MANAGE) else _NOTHING
    return hosts + (_own(request, by) if by.may(Permission.HOTLINE) else _NOTHING)


def host_box(request: HttpRequest, by: Reader, *, start: bool = False) -> SafeString:
    """Who answers now, the gaps, and who lacks what; on the start page only what is wrong."""
    moment = now()
    context = {
        "start": start,
        "answering": queries.answering(moment),
        "in_use": queries.in_use(),
        "gaps": queries.gaps_ahead(moment),
        "warnings": training_queries.warnings(training_queries.everybody(day_of(moment))),
    }
    if start and not (context["gaps"] or context["warnings"]):
        return _NOTHING
    return SafeString(render_to_string("phone/_host.html", context, request))


def on_host(request: HttpRequest, by: Reader) -> SafeString:
    """This room's part of the host's page."""
    return host_box(request, by) if by.may(Permission.HOTLINE_MANAGE) else _NOTHING


def _own(request: HttpRequest, by: Reader) -> SafeString:
    user = User.objects.get(pk=me(by))
    one = training_queries.of_users([user], day_of(now()))[0]
    context = {"one": one, "declared": declaration_queries.declared(user.id)}
    return SafeString(render_to_string("phone/_own.html", context, request)) if one.lacks or one.soon else _NOTHING
