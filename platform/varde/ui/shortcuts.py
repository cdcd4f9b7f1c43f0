"""Rendering, said shortly."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render


def page(request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The template, or one part of it ("room/page.html#part"), as an answer that no cache may keep."""
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def see_other(address: str) -> HttpResponse:
    """303: what was sent is stored, and stands there."""
    return HttpResponseRedirect(address, status=303)


def back_with(request: HttpRequest, said: str, address: str) -> HttpResponse:
    """303 to where it stands, with a sentence above the page about what was done."""
    messages.success(request, said)
    return see_other(address)
