"""What a provider says of itself, and its keys. Remembered for ten minutes in each process; an unknown key is asked for
anew, but at most once in ten seconds, so that forged key names cannot make us hammer the provider."""

import time
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from varde.identity.oidc.refusals import Refused, Why
from varde.identity.oidc.web import fetch, safe

_KEPT = 600.0
_PAUSE = 10.0


@dataclass(slots=True)
class Metadata:
    """The provider's addresses, all checked to be safe."""

    issuer: str
    authorization: str
    token: str
    jwks: str
    end_session: str
    says_issuer: bool  # it promises `iss` in each answer (RFC 9207)
    at: float = field(default_factory=time.monotonic)
    keys: KeySet | None = None
    keys_at: float = 0.0


_known: dict[str, Metadata] = {}


def forget() -> None:
    """Ask everything anew; for tests and after a change of provider."""
    _known.clear()


def metadata(issuer: str) -> Metadata:
    """The discovery document. Raises Refused(ISSUER) when it speaks of another issuer, METADATA when it is unusable."""
    known = _known.get(issuer)
    if known is not None and time.monotonic() - known.at < _KEPT:
        return known
    status, found = fetch("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if status != 200:
        raise Refused(Why.AWAY)
    if found.get("issuer") != issuer:
        raise Refused(Why.ISSUER)
    _known[issuer] = _read(found)
    return _known[issuer]


def _read(found: dict[str, Any]) -> Metadata:
    end_session = str(found.get("end_session_endpoint") or "")
    read = Metadata(
        issuer=str(found["issuer"]),
        authorization=str(found.get("authorization_endpoint")),
        token=str(found.get("token_endpoint")),
        jwks=str(found.get("jwks_uri")),
        end_session=end_session if safe(end_session) else "",
        says_issuer=found.get("authorization_response_iss_parameter_supported") is True,
    )
    if not all(safe(url) for url in (read.authorization, read.token, read.jwks)):
        raise Refused(Why.METADATA)
    return read


def keys(about: Metadata, kid: str | None) -> KeySet:
    """The provider's public keys, asked for again when `kid` is not among them or they are old."""
    age = time.monotonic() - about.keys_at
    if about.keys is None or age > _KEPT or (age > _PAUSE and kid not in {key.kid for key in about.keys.keys}):
        status, found = fetch("GET", about.jwks)
        if status != 200:
            raise Refused(Why.AWAY)
        about.keys, about.keys_at = _usable(found), time.monotonic()
    return about.keys


def _usable(found: dict[str, Any]) -> KeySet:
    """Only public signing keys of the kinds we take; others are passed over, not an error."""
    listed = found.get("keys")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    signing = [row for row in rows if row.get("kty") in ("RSA", "EC") and row.get("use", "sig") == "sig"]
    try:
        return KeySet.import_key_set({"keys": signing})
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise Refused(Why.METADATA) from error
