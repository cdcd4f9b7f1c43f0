"""Rendering, said shortly."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The template, or one part of it ("room/page.html#part"), as an answer that no cache may keep."""
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response
