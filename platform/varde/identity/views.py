"""The start page, one's own account, and the way in through an activation link."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import flows as recovery
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from varde.access import ROLES, Permission, allow, anyone, reader
from varde.access.ticket import presented
from varde.audit.actions import Action, record
from varde.identity import links
from varde.identity.actions import set_password
from varde.identity.forms import NewPasswordForm
from varde.identity.models import User
from varde.identity.queries import active_providers, bound_to, has_second_factor, reader_of
from varde.identity.start import first_of_all, parts, shelves
from varde.identity.stepup import fresh
from varde.ui.shortcuts import page

MOST_IN_SIGHT = 14
"""Cards on the start page; more of them are folded below what waits."""
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@anyone
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """A region and drift have no public page: in, or to the log-in."""
    return HttpResponseRedirect("/start" if request.user.is_authenticated else "/inn")


@allow(Permission.BE_HERE)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Where everybody lands: what waits for them, what the roles are and what they open."""
    by = reader(request)
    if url := first_of_all(by):
        return HttpResponseRedirect(url)
    roles = [ROLES[role] for role in sorted(by.roles)]
    own = shelves(by)
    folded = sum(len(shelf.cards) for shelf in own) > MOST_IN_SIGHT
    context = {"roles": roles, "shelves": own, "folded": folded, "parts": parts(request, by)}
    return page(request, "identity/start.html", context)


@allow(Permission.BE_HERE)
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    user: Any = request.user
    facts = [
        {"label": "Navn", "value": user.name},
        {"label": "E-post", "value": user.email},
        {"label": "Roller", "value": ", ".join(ROLES[role].label for role in sorted(reader(request).roles))},
        {"label": "Totrinnsbekreftelse", "value": "På" if has_second_factor(user) else "Ikke satt opp"},
    ]
    bound = [each.provider.label for each in bound_to(user)]
    facts += [{"label": "Innlogging hos", "value": ", ".join(bound)}] if bound else []
    return page(request, "identity/account.html", {"facts": facts})


@allow(Permission.BE_HERE)
@fresh
@require_GET
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes that are left; asks first who it is when it is long since that was shown."""
    user: Any = request.user
    found = Authenticator.objects.filter(user=user, type="recovery_codes").first()
    record(by=reader(request), action=Action.VIEW, what="identity.codes", ids=[user.id])
    codes = found.wrap().get_unused_codes() if found else []
    return page(request, "identity/codes.html", {"codes": codes, "able": recovery.can_generate_recovery_codes(user)})


@allow(Permission.BE_HERE)
@fresh
@require_POST
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes in place of the old; without a second factor there is nothing to make codes for."""
    user: Any = request.user
    if recovery.can_generate_recovery_codes(user):
        recovery.generate_recovery_codes(request)
        record(by=reader(request), action=Action.CHANGE, what="identity.codes", ids=[user.id])
    return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))


@anyone
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Set a password through a link; then in, or to the log-in where a second factor already stands."""
    person = links.holder(uid, token)
    if person is None:
        return render(None, "identity/link_dead.html", status=404)  # no request: same bytes
    form = NewPasswordForm(request.POST or None, user=person)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "person": person, "uid": uid, "token": token, "providers": active_providers()}
        context["must_log_in"] = has_second_factor(person) and request.user != person
        return page(request, "identity/activate.html", context, 422 if form.is_bound else 200)
    by = reader_of(person, reader(request).office)
    with presented(by):  # the link proves who this is
        set_password(user=person, password=form.cleaned_data["password1"], by=by)
    if has_second_factor(person):
        return HttpResponseRedirect("/inn")
    return _enter(request, person)


def _enter(request: HttpRequest, person: User) -> HttpResponse:
    login(request, person, backend=_BACKEND)
    record_authentication(request, person, method="password")
    record(
        by=reader_of(person, reader(request).office),
        action=Action.CREATE,
        what="identity.session",
        ids=[person.id],
        ground="login.link",
    )
    return HttpResponseRedirect("/start")
