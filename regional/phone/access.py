"""Who has signed, and what opens before that: nothing of the phone but the declaration itself."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from regional.phone.declaration_models import Declaration
from regional.phone.declaration_queries import declared as has_declared
from varde.access import Permission, Reader, reader
from varde.audit.actions import Action, record
from varde.identity import drafts
from varde.identity.idle import BY_ITSELF
from varde.identity.models import User
from varde.identity.stepup import lead
from varde.refusal import Refused

SIGN = "/vakttelefon/erklaering"
LATER = "Taushetserklæringen er ny. Gjør ferdig samtalen. Før neste må du signere."
_going_on: list[Callable[[str, Reader], bool]] = []


class NotDeclared(Refused):
    """The person has not signed the declaration in force."""

    def __init__(self) -> None:
        super().__init__("Du må signere taushetserklæringen før du kan svare vakttelefonen.")


def me(by: Reader) -> UUID:
    """The person's id; a purpose has no shifts, signs nothing and takes no calls."""
    if by.user_id is None:
        raise PermissionDenied
    return by.user_id


def require_declared(by: Reader) -> None:
    """Raise NotDeclared for a person without a signature that holds. A purpose signs nothing and takes no calls."""
    if by.user_id is None or not has_declared(by.user_id):
        raise NotDeclared


def declared[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Put it under `@allow`: whoever has not signed is led to the declaration, and from there back.

    A call that one has already is gone on with to its end: nobody is pulled from a talk. What any other form sent waits
    as a draft.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            require_declared(reader(request))
        except NotDeclared:
            if _goes_on(kwargs.get("call_id"), request):
                return view(request, *args, **kwargs)
            if BY_ITSELF in request.GET and _goes_on(request.GET.get("samtale"), request):
                return HttpResponse(
                    f'<p id="nytt" hx-swap-oob="innerHTML">{LATER}</p>',
                    headers={"HX-Reswap": "none", "Cache-Control": "no-store"},
                )
            return lead(request, f"{SIGN}?{urlencode({'next': _where(request)})}")
        return view(request, *args, **kwargs)

    inner.varde_declared = True  # type: ignore[attr-defined]
    return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], inner)


def goes_on(question: Callable[[str, Reader], bool]) -> None:
    """For the room of the calls: is this a call that the reader has already?"""
    _going_on.append(question)


def _goes_on(call_id: object, request: HttpRequest) -> bool:
    return bool(call_id) and any(asked(str(call_id), reader(request)) for asked in _going_on)


def _where(request: HttpRequest) -> str:
    """Where to go on afterwards; a part of a page leads to the page."""
    if request.method in ("GET", "HEAD"):
        return "/vakttelefon" if "HX-Request" in request.headers else request.get_full_path()
    kept = drafts.keep_sent(request, cast(User, request.user), request.get_full_path(), reader(request))
    return f"/konto/fortsett/{kept.id}" if kept else "/vakttelefon"


def signature_for(declaration_id: UUID, by: Reader) -> Declaration:
    """A signature: one's own, or for the host anybody's; 404 otherwise. Row rights say the same."""
    found = Declaration.objects.select_related("user").filter(id=declaration_id).first()
    if found is None or not (by.may(Permission.HOTLINE_MANAGE) or found.user_id == by.user_id):
        record(by=by, action=Action.DENIED, what="phone.declaration", ids=[declaration_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="phone.declaration", ids=[found.id])
    return found


def operator_for(user_id: UUID, by: Reader) -> User:
    """Somebody who is or has been an operator here, for the host; 404 for others."""
    found = User.objects.filter(id=user_id).first()
    if found is None or not _knows_phone(found):
        record(by=by, action=Action.DENIED, what="phone.operator", ids=[user_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="phone.operator", ids=[found.id])
    return found


def _knows_phone(user: User) -> bool:
    return user.grants.filter(role="operator").exists() or Declaration.objects.filter(user=user).exists()
