"""From where a request comes, for rate limits only: used in memory, hashed, never stored and never logged."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The caller's address. Behind `PROXIES` proxies of our own it is what the outermost of them saw."""
    if settings.PROXIES < 1:
        return str(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return hops[-settings.PROXIES] if len(hops) >= settings.PROXIES else ""
