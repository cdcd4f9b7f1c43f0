"""The frame of a door for machines with a token.

class Calls(MachineDoor):
    scope = "calls"
    def post(self, request): ... machine_reader(request) ...

calls = machine_door(Calls)
"""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from varde.access import Reader, anyone, as_purpose, reader
from varde.machines.auth import HasScope, MachineToken, PerMachine
from varde.machines.models import Machine
from varde.ui.json_doors import CarefulJSON, NoLogIn, OnlyJSON


class ShortJSON(CarefulJSON):
    """What machines say here is short."""

    most_bytes = 10_000


class MachineDoor(NoLogIn):
    """JSON in and out, a token with the right scope, faults as problem+json, never kept by a cache."""

    scope = ""
    authentication_classes = [MachineToken]
    permission_classes = [HasScope]
    throttle_classes = [PerMachine]
    parser_classes = [ShortJSON]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = OnlyJSON

    def handle_exception(self, exc: Exception) -> Response:
        """As the house answers machines; a 401 says what it wants, a 405 what is there."""
        response = super().handle_exception(exc)
        if isinstance(exc, exceptions.AuthenticationFailed | exceptions.NotAuthenticated):
            response["WWW-Authenticate"] = "Bearer"
        if isinstance(exc, exceptions.MethodNotAllowed):
            response["Allow"] = ", ".join(self.allowed_methods)
        return response

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Never kept."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


def machine_of(request: Request) -> Machine:
    """The machine that asks."""
    return cast(Machine, request.auth)


def machine_reader(request: Request) -> Reader:
    """The purpose. Which machine it was belongs in the row's reason."""
    return reader(request._request)


def machine_door(door: type[MachineDoor]) -> Callable[[HttpRequest], HttpResponse]:
    """The view of an address: open to anyone, since the token is asked for inside, and working as the purpose."""
    return anyone(as_purpose("machine")(door.as_view()))


class _TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """So that the API's description says how a machine shows who it is."""

    target_class = MachineToken
    name = "maskin"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer"}
