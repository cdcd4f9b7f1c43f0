"""A keeper that cannot be trusted stops the start with a sentence."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def refuse_bad_keeper() -> None:
    """Raises ImproperlyConfigured when the choice of keeper makes no sense, or would send the token in the open."""
    if settings.BACKUP_DAYS < 1:
        raise ImproperlyConfigured("VARDE_BACKUP_DAYS må være minst 1: dager den eldste sikkerhetskopien lever.")
    if settings.KEEPER not in ("file", "transit"):
        raise ImproperlyConfigured(f"VARDE_KEEPER må være «file» eller «transit», ikke «{settings.KEEPER}».")
    if settings.KEEPER == "file":
        return
    transit = settings.TRANSIT
    if not transit["url"] or not transit["token_file"]:
        raise ImproperlyConfigured("VARDE_KEEPER=transit krever VARDE_TRANSIT_URL og VARDE_TRANSIT_TOKEN_FILE.")
    if settings.MODE == "production" and not transit["url"].startswith("https://"):
        raise ImproperlyConfigured("VARDE_TRANSIT_URL må begynne med https:// i produksjon.")
