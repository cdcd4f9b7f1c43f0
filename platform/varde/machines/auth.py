"""A machine's token in the header `Authorization: Bearer …`, and what it may."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from varde.clock import now
from varde.machines.access import machine_of
from varde.machines.models import Machine

# A telephone system says three things of each call; this is more than a region's phone can ring.
A_MINUTE = 1200
USED_EVERY = timedelta(minutes=1)


class MachineToken(BaseAuthentication):
    """The machine stands as `request.auth`; there is no user."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Machine]:
        """401 for every kind of wrong token, in the same words."""
        kind, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        machine = machine_of(token.strip()) if kind.lower() == "bearer" else None
        if machine is None:
            raise exceptions.AuthenticationFailed("Nøkkelen mangler, er feil, trukket tilbake eller for gammel.")
        _note_use(machine, request)
        return AnonymousUser(), machine

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return "Bearer"


def _note_use(machine: Machine, request: Request) -> None:
    """At most once a minute; a GET writes nothing."""
    at = now()
    if request.method == "POST" and (machine.last_used_at is None or at - machine.last_used_at > USED_EVERY):
        Machine.objects.filter(id=machine.id).update(last_used_at=at)


class HasScope(BasePermission):
    """The view says which scope it wants."""

    message = "Nøkkelen gjelder ikke for dette."

    def has_permission(self, request: Request, view: Any) -> bool:
        """403 otherwise."""
        return isinstance(request.auth, Machine) and request.auth.may(view.scope)


class PerMachine(SimpleRateThrottle):
    """Each token for itself, in each process: a machine that has gone wild stops no other."""

    rate = f"{A_MINUTE}/min"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """By the machine's id."""
        return f"machine-{request.auth.id}" if isinstance(request.auth, Machine) else None
