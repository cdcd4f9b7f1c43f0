"""Our own key at a provider: RSA, one per provider row, in the office's part of the key folder, never in the database.

Entra ID wants a certificate, the others a public JWK; both are made from the same key.
"""

import base64
import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from joserfc.jwk import RSAKey

from varde.clock import now
from varde.privacy.keepsake import keep
from varde.tenancy.door import OfficeRef

_LIFE = datetime.timedelta(days=730)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The private key with the two names that providers know it by."""

    private: RSAKey
    kid: str
    thumbprint: str
    certificate: str

    def public_jwk(self) -> dict[str, Any]:
        """What Ansattporten and ID-porten are given."""
        return dict(self.private.as_dict(private=False)) | {"kid": self.kid, "use": "sig", "alg": "RS256"}


def path_of(office_id: UUID, provider_id: UUID) -> Path:
    """Where the key of this provider row lies."""
    return Path(settings.KEYS_DIR) / "oidc" / str(office_id) / f"{provider_id}.pem"


def make(office_id: UUID, provider_id: UUID) -> SigningKey:
    """A new key unless there is one; a process never sees half of it."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"varde {provider_id}")])
    number, at = x509.random_serial_number(), now()
    builder = x509.CertificateBuilder(name, name, private.public_key(), number, at, at + _LIFE)
    certificate = builder.sign(private, hashes.SHA256())
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return _read(keep(path_of(office_id, provider_id), pem + certificate.public_bytes(serialization.Encoding.PEM)))


def load(office_id: UUID, provider_id: UUID) -> SigningKey:
    """The key; OSError when the key folder is not at hand."""
    return _read(path_of(office_id, provider_id).read_bytes())


def _read(pem: bytes) -> SigningKey:
    private = RSAKey.import_key(pem[: pem.index(b"-----BEGIN CERT")])
    certificate = x509.load_pem_x509_certificate(pem[pem.index(b"-----BEGIN CERT") :])
    digest = base64.urlsafe_b64encode(certificate.fingerprint(hashes.SHA256())).rstrip(b"=").decode()
    text = certificate.public_bytes(serialization.Encoding.PEM).decode()
    return SigningKey(private, str(private.thumbprint()), digest, text)


def hand_over(former: OfficeRef, heir: OfficeRef) -> None:
    """The keys of an office that has become part of another; may be said again."""
    for path in sorted(path_of(former.id, former.id).parent.glob("*.pem")):
        keep(path_of(heir.id, UUID(path.stem)), path.read_bytes())
