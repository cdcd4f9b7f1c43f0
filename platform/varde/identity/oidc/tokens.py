"""Signed tokens: the provider's are read, our own assertion is made. The algorithm is never the token's choice."""

import time
from typing import Any
from uuid import uuid4

from joserfc import jws, jwt
from joserfc.errors import InvalidKeyIdError, JoseError

from varde.identity.oidc import discovery
from varde.identity.oidc.keys import SigningKey
from varde.identity.oidc.refusals import Refused, Why

# Public-key signatures only: with HS256 our copy of the provider's public key would be the secret.
ALLOWED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")


def read(token: object, about: discovery.Metadata) -> tuple[dict[str, Any], str]:
    """(claims, algorithm) of a token that one of the provider's own keys signed; Refused otherwise."""
    header = _header(token)
    alg = str(header.get("alg"))
    if alg not in ALLOWED:
        raise Refused(Why.ALGORITHM)
    kid = header.get("kid")
    known = discovery.keys(about, kid if isinstance(kid, str) else None)
    try:
        signed = jwt.decode(str(token), known, algorithms=[alg])
    except (JoseError, InvalidKeyIdError, ValueError, KeyError, TypeError) as error:
        raise Refused(Why.SIGNATURE) from error
    return dict(signed.claims), alg


def _header(token: object) -> dict[str, Any]:
    try:
        return dict(jws.extract_compact(str(token).encode()).headers())
    except (JoseError, ValueError, TypeError) as error:
        raise Refused(Why.TOKEN) from error


def assertion(key: SigningKey, client_id: str, audience: str) -> str:
    """`private_key_jwt` (RFC 7523): who we are, for this provider only, for one minute, once."""
    at = int(time.time())
    claims = {"iss": client_id, "sub": client_id, "aud": audience, "jti": uuid4().hex, "iat": at, "exp": at + 60}
    header = {"alg": "RS256", "kid": key.kid, "x5t#S256": key.thumbprint, "typ": "JWT"}
    return jwt.encode(header, claims, key.private, algorithms=["RS256"])
