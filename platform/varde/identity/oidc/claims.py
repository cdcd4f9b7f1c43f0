"""The rules for an ID token whose signature holds: pure, now is passed in. Each breach has its own word in the log."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from varde.identity.oidc.refusals import Refused, Why

LEEWAY = 60  # seconds that two clocks may differ
OLDEST = 600  # a token is used at once; one made longer ago was kept by somebody


@dataclass(frozen=True, slots=True)
class Expected:
    """What this log-in asked for."""

    issuer: str
    client_id: str
    nonce: str
    acr_claim: str = "acr"
    acr_values: tuple[str, ...] = ()
    match_claim: str = ""
    match_value: str = ""
    max_age: int | None = None


def check(claims: dict[str, Any], expected: Expected, *, now: float) -> None:
    """Raises Refused with the first breach; order: who made it, for whom, when, for which question, how strong."""
    if claims.get("iss") != expected.issuer:
        raise Refused(Why.ISSUER)
    check_audience(claims, expected.client_id)
    check_times(claims, now)
    nonce = claims.get("nonce")
    if not expected.nonce or not isinstance(nonce, str) or not hmac.compare_digest(nonce, expected.nonce):
        raise Refused(Why.NONCE)
    if not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255:
        raise Refused(Why.TOKEN)
    if expected.acr_values and not set(expected.acr_values) & set(values_at(claims, expected.acr_claim)):
        raise Refused(Why.WEAK)
    if expected.max_age is not None:
        _check_age(claims, expected.max_age, now)
    if expected.match_claim and expected.match_value not in set(values_at(claims, expected.match_claim)):
        raise Refused(Why.OFFICE)


def check_audience(claims: dict[str, Any], client_id: str) -> None:
    """For us and nobody else."""
    audience = claims.get("aud")
    if audience not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
        raise Refused(Why.AUDIENCE)


def check_times(claims: dict[str, Any], now: float) -> None:
    """Made lately, not yet over. `exp` and `iat` must be there (seconds since 1970)."""
    expires, made, begins = (_seconds(claims, name) for name in ("exp", "iat", "nbf"))
    if expires is None or made is None:
        raise Refused(Why.EXPIRED)
    if expires + LEEWAY <= now or max(made, begins or 0) > now + LEEWAY or made < now - OLDEST:
        raise Refused(Why.EXPIRED)


def _check_age(claims: dict[str, Any], max_age: int, now: float) -> None:
    at = _seconds(claims, "auth_time")
    if at is None or at + max_age + LEEWAY < now or at > now + LEEWAY:
        raise Refused(Why.STALE)


def _seconds(claims: dict[str, Any], name: str) -> float | None:
    found = claims.get(name)
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def check_hash(claims: dict[str, Any], access_token: object, alg: str) -> None:
    """`at_hash`, when it is there, must be that of the access token that came with it (OIDC Core 3.1.3.6)."""
    if "at_hash" not in claims:
        return
    digest = hashlib.new(f"sha{alg[2:]}", str(access_token).encode()).digest()
    half = base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
    if not hmac.compare_digest(half, str(claims["at_hash"])):
        raise Refused(Why.HASH)


def values_at(claims: Any, path: str) -> Iterator[str]:
    """All texts at a dotted path, through lists: "authorization_details.authorized_parties.orgno.ID"."""
    found = [claims]
    for step in path.split("."):
        flat = [each for node in found for each in (node if isinstance(node, list) else [node])]
        found = [node[step] for node in flat if isinstance(node, dict) and step in node]
    for node in found:
        yield from (str(each) for each in (node if isinstance(node, list) else [node]) if isinstance(each, str | int))
