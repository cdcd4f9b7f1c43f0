"""Reading the environment: every answer is right or stops the start with a sentence that says what to do."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable, or the default; without either the start stops."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Miljøvariabelen {name} mangler. Sett den og start på nytt.")
    return value


def number(name: str, default: int) -> int:
    """A whole number."""
    raw = text(name, str(default))
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} må være et heltall, ikke «{raw}».") from error


def flag(name: str) -> bool:
    """True only for "1"; anything but empty, "0" and "1" is a mistake that must be seen."""
    raw = os.environ.get(name, "0") or "0"
    if raw not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} må være 0 eller 1, ikke «{raw}».")
    return raw == "1"


def secret(name: str) -> str:
    """The secret in NAME, or the content of the file in NAME_FILE; never a default."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"Kan ikke lese {name}_FILE: {error.strerror}.") from error
    else:
        value = text(name)
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name} må ha minst 32 tegn.")
    return value
