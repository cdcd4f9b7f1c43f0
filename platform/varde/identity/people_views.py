"""People and roles: the same page in every type of office, for those who may manage people."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from varde.access import ROLES, Permission, Reader, allow, reader
from varde.access.reader import as_roles
from varde.identity import actions, lending, notices, queries
from varde.identity.access import people_for, person_for
from varde.identity.links import link_for
from varde.identity.models import User
from varde.identity.oidc import actions as provider_actions
from varde.identity.people_forms import InviteForm, LenderForm, RolesForm
from varde.identity.queries import bound_to, has_second_factor
from varde.identity.stepup import fresh
from varde.refusal import Overtaken, Refused
from varde.tenancy.directory import offices
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import page

_LINK = "identity_new_link"


@allow(Permission.PEOPLE_MANAGE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account here."""
    by = reader(request)
    found = people_for(by)
    lent = any(user.for_office for user in found)
    names: dict[UUID | None, str] = {each.id: each.name for each in offices()} if lent else {}
    rows = [
        {"user": user, "roles": _labels(user, by), "lender": names.get(user.for_office, "en stengt kommune")}
        for user in found
    ]
    return page(request, "identity/people.html", {"rows": rows})


@allow(Permission.PEOPLE_MANAGE)
@fresh
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """A new person; the link is shown once on the person's page."""
    by = reader(request)
    form = InviteForm(request.POST or None, office=by.office)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = {"for_office": None, **form.cleaned_data, "roles": form.chosen()}
        del data["seen"]
        with refusal_on(form):
            return _hand_out_link(request, actions.invite(**data, by=by), by)
    return page(request, "identity/invite.html", {"form": form}, 422 if form.is_bound else 200)


@allow(Permission.PEOPLE_MANAGE)
@require_GET
def person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One person's account. A link that was just made is shown here, once."""
    return _person_page(request, person_for(reader(request), user_id))


@allow(Permission.PEOPLE_MANAGE)
@fresh
@require_POST
def roles(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Exactly these roles from now on."""
    by = reader(request)
    user = person_for(by, user_id)
    form = RolesForm(request.POST, kind=by.office.kind)
    if not form.is_valid():
        return _person_page(request, user, form=form)
    try:
        actions.set_roles(user=user, roles=form.chosen(), seen=form.was_seen, by=by)
    except Overtaken as error:
        form.told(str(error), queries.roles_seen(user), {"roles": _held(user, by)})
        return _person_page(request, user, form=form)
    except Refused as refusal:
        return _person_page(request, user, refusal=str(refusal))
    return HttpResponseRedirect(reverse("identity.person", args=[user.id]))


@allow(Permission.PEOPLE_MANAGE)
@fresh
@require_POST
def lender(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """On behalf of which kommune the person is here from now on."""
    by = reader(request)
    user = person_for(by, user_id)
    form = LenderForm(request.POST, office=by.office, now=user.for_office)
    if form.is_valid():
        try:
            actions.set_lender(user=user, lender=form.cleaned_data["for_office"], seen=form.was_seen, by=by)
            return HttpResponseRedirect(reverse("identity.person", args=[user.id]))
        except Overtaken as error:
            form.told(str(error), queries.lender_seen(user), {"for_office": str(user.for_office or "")})
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _person_page(request, user, lent=form)


@allow(Permission.PEOPLE_MANAGE)
@fresh
@require_POST
def active(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Close or open the account: field `active` is "ja" or "nei"."""
    by = reader(request)
    user = person_for(by, user_id)
    return _try(request, user, actions.set_active, active=request.POST.get("active") == "ja", by=by)


@allow(Permission.PEOPLE_MANAGE)
@fresh
@require_POST
def new_link(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """A new link for somebody who lost theirs or forgot the password; a second factor still stands."""
    by = reader(request)
    user = person_for(by, user_id)
    notices.link_made(user=user, by=by)
    return _hand_out_link(request, user, by)


@allow(Permission.PEOPLE_MANAGE)
@fresh
@require_POST
def loose(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Who the person is at a provider is forgotten; a new link binds again."""
    by = reader(request)
    user = person_for(by, user_id)
    provider_actions.loose(user=user, by=by)
    return HttpResponseRedirect(reverse("identity.person", args=[user.id]))


def _try(request: HttpRequest, user: User, action: Any, **kwargs: Any) -> HttpResponse:
    try:
        action(user=user, **kwargs)
    except Refused as refusal:
        return _person_page(request, user, refusal=str(refusal))
    return HttpResponseRedirect(reverse("identity.person", args=[user.id]))


def _hand_out_link(request: HttpRequest, user: User, by: Reader) -> HttpResponse:
    actions.note_link(user=user, by=by)
    request.session[_LINK] = str(user.id)  # that there is one to show; the link itself is worked out on the page
    return HttpResponseRedirect(reverse("identity.person", args=[user.id]))


def _person_page(
    request: HttpRequest,
    user: User,
    *,
    form: RolesForm | None = None,
    lent: LenderForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    by = reader(request)
    link = ""
    if request.session.get(_LINK) == str(user.id):
        del request.session[_LINK]
        link = link_for(user, by.office)
    context = {
        "person": user,
        "form": form or _roles_form(user, by),
        "lent": lent or _lender_form(user, by),
        "refusal": refusal,
        "link": link,
        "own": user.id == by.user_id,
        "facts": _facts(user),
        "bound": bound_to(user),
    }
    return page(request, "identity/person.html", context, 422 if refusal or form or lent else 200)


def _held(user: User, by: Reader) -> list[str]:
    return [role.value for role in as_roles(user.grants.values_list("role", flat=True), by.office.kind)]


def _roles_form(user: User, by: Reader) -> RolesForm:
    return RolesForm(kind=by.office.kind, initial={"roles": _held(user, by), "seen": queries.roles_seen(user)})


def _lender_form(user: User, by: Reader) -> LenderForm:
    held = {"for_office": str(user.for_office or ""), "seen": queries.lender_seen(user)}
    return LenderForm(office=by.office, now=user.for_office, initial=held)


def _facts(user: User) -> list[dict[str, Any]]:
    own = [{"label": "Handler på vegne av", "value": _acts_for(user)}] if user.for_office else []
    return [
        *own,
        {"label": "E-post", "value": user.email},
        {"label": "Tjeneste", "value": user.service},
        {"label": "Konto", "value": "Åpen" if user.is_active else "Stengt"},
        {"label": "Passord", "value": "Satt" if user.has_usable_password() else "Ikke satt ennå"},
        {"label": "Innlogging hos", "value": ", ".join(each.provider.label for each in bound_to(user)) or "Ingen"},
        {"label": "Totrinnsbekreftelse", "value": "På" if has_second_factor(user) else "Ikke satt opp"},
    ]


def _acts_for(user: User) -> str:
    here = User.objects.filter(lending.here(), id=user.id).exists()
    return lending.name_of(user.for_office) + ("" if here else ", som ikke låner ut noen hit med alle disse rollene nå")


def _labels(user: User, by: Reader) -> str:
    held = as_roles((grant.role for grant in user.grants.all()), by.office.kind)
    return ", ".join(sorted(ROLES[role].label for role in held)) or "Ingen"
