"""What every door for machines shares: JSON in and out whatever is asked for, of a reasonable size."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView


class CarefulJSON(JSONParser):
    """JSON of a reasonable size; what is nested too deep to be read is not JSON to us either."""

    most_bytes = 1_000_000

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The value. RequestDataTooBig, ParseError."""
        if int(parser_context["request"].META.get("CONTENT_LENGTH") or 0) > self.most_bytes:
            raise RequestDataTooBig
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError from error


class OnlyJSON(BaseContentNegotiation):
    """We answer in JSON whatever is asked for: nothing must be refused because of an Accept header."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The parser whose type was sent; None gives 415."""
        sent = (request.content_type or "").split(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == sent), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """The first one."""
        renderer: BaseRenderer = renderers[0]
        return renderer, renderer.media_type


class NoLogIn(APIView):
    """Nobody logs in through these doors, and whoever is logged in beside them is left as they are.

    DRF would otherwise put «nobody» in the place of the request's user, which the house's frame still asks for.
    """

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """As it is, with the user put back."""
        visitor = request.user
        try:
            return super().dispatch(request, *args, **kwargs)
        finally:
            request.user = visitor
