"""A provider that signs whatever a test asks it to: for forged tokens, wrong metadata and other people's keys."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

OURS, OTHERS = RSAKey.generate_key(2048), RSAKey.generate_key(2048)


class Evil:
    """Knobs: `metadata`, `keys`, and `claims`/`sign` for the next token."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.metadata: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.key, self.kid, self.alg = OURS, "one", "RS256"
        self.access_token: str = "access"
        self.raw: str | None = None
        self.fetched: list[str] = []
        self.form: dict[str, str] = {}

    def discovery(self) -> dict[str, Any]:
        at = self.issuer
        return {
            "issuer": at, "authorization_endpoint": f"{at}/auth", "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/jwks", "end_session_endpoint": f"{at}/out", **self.metadata,
        }  # fmt: skip

    def jwks(self) -> dict[str, Any]:
        return {"keys": [OURS.as_dict(private=False) | {"kid": "one", "use": "sig"}]}

    def tokens(self) -> dict[str, Any]:
        return {"token_type": "Bearer", "access_token": self.access_token, "id_token": self.id_token()}

    def id_token(self) -> str:
        """What the next log-in gets; a claim of None is left out."""
        if self.raw is not None:
            return self.raw
        claims = {name: value for name, value in self.claims.items() if value is not None}
        return sign(claims, self.key, self.alg, self.kid)

    def good(self, url: str, client_id: str, **changed: Any) -> None:
        """Claims that answer the question in `url` truly, but for what is changed."""
        nonce = parse_qs(urlsplit(url).query)["nonce"][0]
        at = int(time.time())
        digest = hashlib.sha256(self.access_token.encode()).digest()[:16]
        self.claims = {
            "iss": self.issuer, "sub": "kari-at-work", "aud": client_id, "nonce": nonce, "iat": at, "exp": at + 300,
            "acr": "high", "tid": "tenant-gjovik", "email": "kari@gjovik.example", "auth_time": at,
            "at_hash": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), **changed,
        }  # fmt: skip


def sign(claims: dict[str, Any], key: RSAKey = OURS, alg: str = "RS256", kid: str = "one", **header: Any) -> str:
    return jwt.encode({"alg": alg, "kid": kid, **header}, claims, key, algorithms=[alg])


def unsigned(claims: dict[str, Any]) -> str:
    """alg: none."""
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


def with_public_key_as_secret(claims: dict[str, Any]) -> str:
    """HS256 whose secret everybody knows: the provider's public key."""
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "kid": "one"}, claims)]
    text = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
    digest = hmac.digest(OURS.as_pem(private=False), text.encode(), "sha256")
    return f"{text}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


@contextmanager
def evil_provider() -> Iterator[Evil]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            evil.fetched.append(self.path)
            if self.path.startswith("/auth?"):
                self._send_back()
                return
            self._answer(evil.jwks() if self.path == "/jwks" else evil.discovery())

        def _send_back(self) -> None:
            """For a real browser: whoever comes is Kari, and is sent straight back."""
            asked = parse_qs(urlsplit(self.path).query)
            evil.good(self.path, asked["client_id"][0])
            self.send_response(302)
            self.send_header("location", f"{asked['redirect_uri'][0]}?code=a-code&state={asked['state'][0]}")
            self.end_headers()

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["content-length"])).decode()
            evil.form = {name: values[0] for name, values in parse_qs(sent).items()}
            self._answer(evil.tokens())

        def _answer(self, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    evil = Evil(f"http://localhost:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield evil
    server.shutdown()
    thread.join()
    server.server_close()
