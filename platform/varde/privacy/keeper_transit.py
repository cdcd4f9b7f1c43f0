"""Office keys in a transit service (OpenBao, Vault): wrapped and unwrapped there, never let out.

HTTP by the standard library: /v1/<mount>/encrypt|decrypt/<key> with `batch_input` and `associated_data`,
/v1/<mount>/keys/<key>, …/rotate, …/config, …/trim. The service's own `rewrap` is not used: it takes no associated
data (tried with OpenBao 2.7.2), so a rotation unwraps and wraps again.
"""

import http.client
import json
import ssl
import threading
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from varde.privacy.errors import KeeperAway
from varde.privacy.keepers import Batch, number_of, pack, unpack, works
from varde.tenancy.door import OfficeRef

AWAY = "Nøkkeltjenesten svarer ikke. Ingenting er lagret eller lest. Prøv igjen om litt."
REFUSED = "Nøkkeltjenesten sa nei. Se om tjenesten er åpnet og om platformens adgang gjelder."
NO_KEY = "Kontoret har ingen nøkkel hos nøkkeltjenesten."


@dataclass(frozen=True, slots=True)
class Address:
    """Where the service is and how it is spoken to. `seconds` is for connecting and for each answer."""

    url: str
    token_file: str
    ca_file: str = ""
    mount: str = "transit"
    seconds: float = 5.0


class TransitKeeper:
    """One connection per thread, kept open; tried once more on a new one when it turns out to be closed."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._local = threading.local()

    def make(self, ref: OfficeRef) -> str:
        """Making a key that exists changes nothing there. It can be neither exported nor backed up as plain text."""
        self._ask("POST", f"keys/{_key(ref)}", {"type": "aes256-gcm96"})
        return self.key_ids(ref)[-1]

    def wrap(self, ref: OfficeRef, batch: Batch) -> list[bytes]:
        """One call. The service would make a missing key by itself; a policy without `create` stops that."""
        items = [{"plaintext": _text(content), "associated_data": _text(bound)} for content, bound in batch]
        results = self._batch(f"encrypt/{_key(ref)}", items)
        if any("ciphertext" not in result for result in results):
            raise KeeperAway(REFUSED)
        return [_packed(str(result["ciphertext"])) for result in results]

    def unwrap(self, ref: OfficeRef, batch: Batch) -> list[bytes | None]:
        """One call; the service says for each item whether it opened."""
        items = [{"ciphertext": _ciphertext(wrapped), "associated_data": _text(bound)} for wrapped, bound in batch]
        results = self._batch(f"decrypt/{_key(ref)}", items)
        return [None if result.get("error") else b64decode(str(result["plaintext"])) for result in results]

    def rotate(self, ref: OfficeRef) -> str:
        """A new version there."""
        self._ask("POST", f"keys/{_key(ref)}/rotate", {})
        return self.key_ids(ref)[-1]

    def retire(self, ref: OfficeRef, key_id: str) -> None:
        """Versions up to this one are refused, then trimmed away there."""
        lowest, newest = number_of(key_id) + 1, number_of(self.key_ids(ref)[-1])
        if lowest > newest:
            raise ValueError("Den nyeste nøkkelen kan ikke slettes.")
        limits = {"min_decryption_version": lowest, "min_encryption_version": newest}
        self._ask("POST", f"keys/{_key(ref)}/config", limits)
        self._ask("POST", f"keys/{_key(ref)}/trim", {"min_available_version": lowest})

    def key_ids(self, ref: OfficeRef) -> list[str]:
        """The versions that the service still has."""
        status, answer = self._talk("GET", f"keys/{_key(ref)}", None)
        if status == 404:
            return []
        return [f"transit-{number}" for number in sorted(map(int, _data(status, answer)["keys"]))]

    def healthy(self, ref: OfficeRef) -> bool:
        """A round trip."""
        return works(self, ref)

    def _batch(self, path: str, items: list[dict[str, str]]) -> list[dict[str, Any]]:
        if not items:
            return []
        status, answer = self._talk("POST", path, {"batch_input": items})
        results = (answer.get("data") or {}).get("batch_results")
        # One item that does not open makes the whole answer a 400, with the others' contents in it.
        if status in (200, 400) and isinstance(results, list) and len(results) == len(items):
            return results
        if status == 400:
            raise KeeperAway(NO_KEY)
        raise KeeperAway(AWAY if status >= 500 else REFUSED)

    def _ask(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return _data(*self._talk(method, path, body))

    def _talk(self, method: str, path: str, body: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        sent, token = None if body is None else json.dumps(body).encode(), self._token()
        for last in (False, True):
            try:
                status, raw = self._send(method, f"/v1/{self._address.mount}/{path}", sent, token)
            except (OSError, http.client.HTTPException) as error:
                self._hang_up()
                # A rotation is not asked for twice: the first may have been heard.
                if last or path.endswith("/rotate"):
                    raise KeeperAway(AWAY) from error
                continue
            if status in (429, 500, 502, 503) and not last:
                continue
            return status, _read(raw)
        raise KeeperAway(AWAY)

    def _send(self, method: str, path: str, body: bytes | None, token: str) -> tuple[int, bytes]:
        line = self._line()
        line.request(method, path, body, {"X-Vault-Token": token, "Content-Type": "application/json"})
        answer = line.getresponse()
        return answer.status, answer.read()

    def _token(self) -> str:
        # Read each time: an agent beside us renews it.
        try:
            return Path(self._address.token_file).read_text(encoding="ascii").strip()
        except (OSError, ValueError) as error:
            raise KeeperAway("Platformens adgang til nøkkeltjenesten kan ikke leses.") from error

    def _line(self) -> http.client.HTTPConnection:
        line: http.client.HTTPConnection | None = getattr(self._local, "line", None)
        if line is None:
            line = self._local.line = _connect(self._address)
        return line

    def _hang_up(self) -> None:
        line = getattr(self._local, "line", None)
        self._local.line = None
        if line is not None:
            line.close()


def _connect(address: Address) -> http.client.HTTPConnection:
    parts = urlsplit(address.url)
    host, port = parts.hostname or "", parts.port
    if parts.scheme != "https":
        return http.client.HTTPConnection(host, port or 8200, timeout=address.seconds)
    trust = ssl.create_default_context(cafile=address.ca_file or None)
    trust.minimum_version = ssl.TLSVersion.TLSv1_2
    return http.client.HTTPSConnection(host, port or 8200, timeout=address.seconds, context=trust)


def _data(status: int, answer: dict[str, Any]) -> dict[str, Any]:
    if status >= 300:
        raise KeeperAway(AWAY if status >= 500 else REFUSED)
    data = answer.get("data")
    return data if isinstance(data, dict) else {}


def _read(raw: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _key(ref: OfficeRef) -> str:
    return f"varde-{ref.id}"


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def _packed(ciphertext: str) -> bytes:
    _, version, body = ciphertext.split(":", 2)
    return pack(f"transit-{version.removeprefix('v')}", b64decode(body))


def _ciphertext(wrapped: bytes) -> str:
    key_id, body = unpack(wrapped)
    return f"vault:v{number_of(key_id)}:{_text(body)}"
