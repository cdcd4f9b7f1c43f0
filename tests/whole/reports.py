"""Somebody who sends one report through the API and does not give up before it is acknowledged."""

import http.client
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

PATH = "/api/v1/reports"


@dataclass
class Report:
    """One report: its mark in the text, its key, and every answer that counted."""

    mark: str = field(default_factory=lambda: f"prøve-{uuid.uuid4()}")
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    receipts: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        """The minimum report, with the mark in what is told."""
        told = {"reporter_kind": "privat", "anonymous": True, "what": f"Bekymring {self.mark}"}
        return json.dumps(told).encode()


def send_once(report: Report, host: str, port: int, timeout: float = 10) -> bool:
    """Try to send; True when acknowledged. Everything else is noted as a trouble."""
    headers = {"Host": host, "Content-Type": "application/json", "Idempotency-Key": report.key}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        line.request("POST", PATH, body=report.body, headers=headers)
        answer = line.getresponse()
        said = answer.read()
        if answer.status == 201:
            report.receipts.append(json.loads(said)["receipt"])
            return True
        report.troubles.append(f"{answer.status} {said[:200]!r}")
    except (OSError, http.client.HTTPException, ValueError) as error:
        report.troubles.append(type(error).__name__)
    finally:
        line.close()
    return False


def send_until(report: Report, host: str, port: int, *, seconds: float, told: Callable[[], None]) -> bool:
    """Try again with the same key until acknowledged (then `told` is called) or the time is up."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if send_once(report, host, port):
            told()
            return True
        time.sleep(0.2)
    return False
