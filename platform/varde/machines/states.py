"""What a machine's token may be for, and when it still holds. Pure."""

from datetime import datetime

SCOPES = [
    ("calls", "Melde fra om telefonsamtaler"),
    ("lines", "Spørre hvem som svarer på et nummer"),
    ("releases", "Hente tall som er gitt ut"),
]
LABELS = dict(SCOPES)


def holds(at: datetime, *, expires_at: datetime, revoked_at: datetime | None) -> bool:
    """May a token of this machine be used at that moment?"""
    return revoked_at is None and at < expires_at
