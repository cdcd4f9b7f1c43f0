"""A time stamp (RFC 3161) on the day's anchor: somebody else says that this line existed then.

The authority sees a digest, nothing else. Its answer is signed, so it may come over plain http.
"""

import logging
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.conf import settings
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, VerificationError, VerifierBuilder
from rfc3161_client import decode_timestamp_response as decode

from varde.cli_errors import Complaint

log = logging.getLogger("varde.audit")
_SECONDS = 10
_MOST = 64_000


def stamp(text: str) -> bytes:
    """The authority's answer on `text` as it came (DER); empty when there is none or it does not answer.

    Asked once more without its certificates when they come in an order that strict DER does not allow (openssl's do).
    """
    for certificates in (True, False) if settings.TSA_URL else ():
        try:
            raw = _ask(text, certificates=certificates)
            _ = decode(raw).tst_info.gen_time
        except (OSError, HTTPException) as error:
            log.warning("no time stamp: %s", type(error).__name__)
            break
        except ValueError as error:
            log.warning("time stamp not understood: %s", type(error).__name__)
        else:
            return raw
    return b""


def _ask(text: str, *, certificates: bool) -> bytes:
    asked = TimestampRequestBuilder().data(text.encode()).hash_algorithm(HashAlgorithm.SHA256)
    body = asked.nonce(nonce=True).cert_request(cert_request=certificates).build().as_bytes()
    request = Request(settings.TSA_URL, body, {"Content-Type": "application/timestamp-query"})  # noqa: S310 - a setting
    with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - a setting, never typed on a page
        raw: bytes = answer.read(_MOST)
    return raw


def roots() -> list[Certificate]:
    """The authority's certificates from VARDE_TSA_CA: its root, and its signer where that does not follow the stamp."""
    if not settings.TSA_CA:
        return []
    try:
        return load_pem_x509_certificates(Path(settings.TSA_CA).read_bytes())
    except (OSError, ValueError) as error:
        raise Complaint(f"Kan ikke lese stempelmyndighetens sertifikat i {settings.TSA_CA} (VARDE_TSA_CA).") from error


def stamped_at(text: str, answer: bytes, trusted: list[Certificate]) -> datetime | None:
    """When the authority saw exactly this text; None when the answer is of another text or not from the trusted one."""
    own = [each for each in trusted if each.issuer != each.subject]
    try:
        found = decode(answer)
        known = VerifierBuilder(roots=[each for each in trusted if each not in own])
        if own and not found.signed_data.certificates:
            known = known.tsa_certificate(own[0])
        known.build().verify_message(found, text.encode())
    except (VerificationError, ValueError):
        return None
    return found.tst_info.gen_time
