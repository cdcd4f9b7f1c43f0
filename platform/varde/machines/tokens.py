"""A token is 256 random bits; its hash is all that is kept. Pure but for the chance."""

import hashlib
import secrets

# So that a token that was left somewhere is found by those who look for such things.
PREFIX = "varde_"


def new_token() -> str:
    """To be shown once."""
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is stored, and looked for."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
