"""Asking the provider over the net: short time, no redirects, small answers, JSON only."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3
from django.conf import settings

from varde.identity.oidc.refusals import Refused, Why

_POOL = urllib3.PoolManager(timeout=urllib3.Timeout(connect=3, read=5), retries=False)
_LARGEST = 256 * 1024
_HERE = ("localhost", "127.0.0.1")


def fetch(method: str, url: str, fields: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
    """(status, JSON object). Raises Refused(AWAY) when there is no usable answer within eight seconds."""
    if not safe(url):
        raise Refused(Why.METADATA)
    headers = {"accept": "application/json", "content-type": "application/x-www-form-urlencoded"}
    body = urlencode(fields) if fields is not None else None
    try:
        answer = _POOL.request(method, url, body=body, headers=headers, redirect=False, preload_content=False)
        raw = answer.read(_LARGEST + 1)
        answer.release_conn()
        found = json.loads(raw) if len(raw) <= _LARGEST else None
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Refused(Why.AWAY) from error
    if not isinstance(found, dict):
        raise Refused(Why.AWAY)
    return answer.status, found


def safe(url: str) -> bool:
    """TLS, or this machine itself in demo and test."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return True
    return parts.scheme == "http" and settings.MODE in ("demo", "test") and parts.hostname in _HERE
