"""One-time links: made of chance, kept as keyed hashes under a key of the office."""

import secrets
from dataclasses import dataclass

from tenants.measures.sharing_states import CODE_DIGITS, SECRET_BYTES, code_of, digits_of
from varde.privacy.keyring import OpenKey, for_purpose_key, former_keys


@dataclass(frozen=True, slots=True)
class Link:
    """What the sender is shown once: the last part of the address, and the code to say on the phone."""

    secret: str
    code: str


def make() -> Link:
    """192 bits of link, eight digits of code."""
    return Link(secrets.token_urlsafe(SECRET_BYTES), code_of(secrets.randbelow(10**CODE_DIGITS)))


def hashes(secret: str, typed: str) -> tuple[str, str]:
    """What is stored of a link and its code, or looked for. The code's is bound to the link: it fits no other."""
    return _hashes(for_purpose_key("sharing"), secret, typed)


def hashes_before(secret: str, typed: str) -> list[tuple[str, str]]:
    """The same as those would have stored it that have become part of this office."""
    return [_hashes(key, secret, typed) for key in former_keys("sharing")]


def _hashes(key: OpenKey, secret: str, typed: str) -> tuple[str, str]:
    code = digits_of(typed)
    return key.mac("link", secret.encode()).hex(), key.mac("code", f"{secret}\x1f{code}".encode()).hex()
