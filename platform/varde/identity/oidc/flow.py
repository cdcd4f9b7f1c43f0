"""Authorization code with PKCE: out to the provider with a question, back with a code, and what it was worth.

The question (state, nonce, verifier) lies in the session, is used once and lives ten minutes.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from varde.identity.models import Provider
from varde.identity.oidc import claims as rules
from varde.identity.oidc import discovery, keys, tokens
from varde.identity.oidc.refusals import Refused, Why
from varde.identity.oidc.web import fetch
from varde.notify.mail import address
from varde.tenancy.door import OfficeRef, need_office

_ASKED = "oidc_asked"
_LIFE = 600
_MOST = 5  # log-ins begun at once in one browser
Purpose = Literal["login", "bind", "confirm"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: why it was asked, where to go on, and for `bind` the link that invited."""

    provider: str
    purpose: Purpose
    nonce: str
    verifier: str
    at: float
    next: str = ""
    uid: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody whom the provider vouches for, as asked for."""

    asked: Asked
    issuer: str
    subject: str
    id_token: str


def back_to(provider: Provider, office: OfficeRef) -> str:
    """The one address that the provider may send people to."""
    return address(office, f"/inn/leverandor/{provider.id}/tilbake")


def begin(
    request: HttpRequest, provider: Provider, purpose: Purpose, *, next_url: str = "", uid: str = "", token: str = ""
) -> str:
    """Remember the question and return the provider's address with it; Refused when the provider is away."""
    about = discovery.metadata(provider.issuer)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    asked = Asked(str(provider.id), purpose, nonce, verifier, time.time(), next_url, uid, token)
    waiting = dict(sorted(_waiting(request).items(), key=lambda item: item[1]["at"])[1 - _MOST :])
    request.session[_ASKED] = waiting | {state: asdict(asked)}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    fields = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back_to(provider, need_office()),
        "scope": "openid",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "ui_locales": "nb",
        **_habits(provider),
    }
    if purpose == "confirm":
        fields |= {"max_age": "0", "prompt": "login"}
    return f"{about.authorization}{'&' if '?' in about.authorization else '?'}{urlencode(fields)}"


def _habits(provider: Provider) -> dict[str, str]:
    """How each kind wants the security level and the organisation asked for."""
    fields = {}
    if provider.acr_values and provider.acr_claim == "acr":
        fields["acr_values"] = " ".join(provider.acr_values)
    elif provider.acr_values:
        wish = {provider.acr_claim: {"essential": True, "values": provider.acr_values}}
        fields["claims"] = json.dumps({"id_token": wish})
    if provider.resource:
        wanted = {"type": "ansattporten:altinn:resource", "resource": provider.resource}
        fields["authorization_details"] = json.dumps([wanted])
    return fields


def finish(request: HttpRequest, provider: Provider) -> Answer:
    """What came back, checked to the end. Raises Refused; the question is used up either way."""
    asked = _take(request, provider)
    about = discovery.metadata(provider.issuer)
    said = request.GET.get("iss")
    if (said is None and about.says_issuer) or (said is not None and said != provider.issuer):
        raise Refused(Why.ISSUER)
    if "error" in request.GET or not request.GET.get("code"):
        raise Refused(Why.CANCELLED)
    granted = _exchange(provider, about, request.GET["code"], asked)
    found, alg = tokens.read(granted.get("id_token"), about)
    rules.check(found, _expected(provider, asked), now=time.time())
    rules.check_hash(found, granted.get("access_token"), alg)
    return Answer(asked, provider.issuer, found["sub"], str(granted["id_token"]))


def _expected(provider: Provider, asked: Asked) -> rules.Expected:
    return rules.Expected(
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=asked.nonce,
        acr_claim=provider.acr_claim,
        acr_values=tuple(provider.acr_values),
        match_claim=provider.match_claim,
        match_value=provider.match_value,
        max_age=0 if asked.purpose == "confirm" else None,
    )


def _exchange(provider: Provider, about: discovery.Metadata, code: str, asked: Asked) -> dict[str, Any]:
    office = need_office()
    audience = about.token if provider.kind == Provider.Kind.ENTRA else provider.issuer
    try:
        key = keys.load(office.id, provider.id)
    except OSError as error:
        raise Refused(Why.AWAY) from error
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back_to(provider, office),
        "code_verifier": asked.verifier,
        "client_id": provider.client_id,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": tokens.assertion(key, provider.client_id, audience),
    }
    status, granted = fetch("POST", about.token, fields)
    if status != 200:
        raise Refused(Why.TOKEN)
    return granted


def _waiting(request: HttpRequest) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = request.session.get(_ASKED, {})
    return {state: asked for state, asked in found.items() if time.time() - asked["at"] < _LIFE}


def _take(request: HttpRequest, provider: Provider) -> Asked:
    waiting = _waiting(request)
    state = request.GET.get("state", "")
    known = next((each for each in waiting if hmac.compare_digest(each.encode(), state.encode())), None)
    found = waiting.pop(known) if known else None
    if known:
        request.session[_ASKED] = waiting
    if found is None or UUID(found["provider"]) != provider.id:
        raise Refused(Why.STATE)
    return Asked(**found)


def end_url(provider: Provider, id_token: str) -> str:
    """Where one may log out at the provider too; "" where it has no such page."""
    about = discovery.metadata(provider.issuer)
    fields = {
        "id_token_hint": id_token,
        "client_id": provider.client_id,
        "post_logout_redirect_uri": address(need_office(), "/inn"),
    }
    return f"{about.end_session}?{urlencode(fields)}" if about.end_session else ""
