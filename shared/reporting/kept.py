"""What was frozen is shown as it was frozen, or not at all."""

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse

from shared.reporting.document import BadDocument, Document, read
from varde.ui.shortcuts import page

log = logging.getLogger("varde.reporting")


class NotWhole(Exception):
    """What is kept is not what was frozen; the text is a sentence to show. Nobody else's `except` is to swallow it.

    `drop`: the address by which what is only a draft is dropped.
    """

    def __init__(self, sentence: str, drop: str = "") -> None:
        super().__init__(sentence)
        self.drop = drop


def whole(content: str, digest: str, sentence: str, *, drop: str = "") -> Document:
    """The document of frozen bytes. Raises NotWhole with the sentence where they are others, or no document."""
    kept = content.encode()
    if hashlib.sha256(kept).hexdigest() != digest:
        raise NotWhole(sentence, drop)
    try:
        return read(kept)
    except BadDocument as error:
        raise NotWhole(sentence, drop) from error


def only_whole[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Put it under `@allow`: a sentence instead of what cannot be trusted. Those who run the installation are alarmed
    by the log."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotWhole as error:
            log.error("a report is not what was frozen")
            return page(request, "reporting/not_whole.html", {"said": str(error), "drop": error.drop}, status=503)

    return inner
