"""The contract of the buckets: which door does what when which bucket is empty. Used by the test and its sabotage."""

import base64
import json
import re
import uuid
from typing import Any

from tenants.inbox import challenge, limits
from tenants.inbox.models import Concern
from tests.cast import ref
from tests.client import anonymous

HERE = "192.0.2.7"
ELSEWHERE = "198.51.100.9"
LEAST = {"reporter_kind": "privat", "anonymous": True, "what": "Jeg er redd naboen blir slått."}


def web(address=HERE, **told):
    """A report by the form."""
    return anonymous("gjovik").post("/meld/privat", {"what": LEAST["what"]} | told, REMOTE_ADDR=address)


def api(address=HERE):
    """A report by a machine."""
    return anonymous("gjovik").post(
        "/api/v1/reports", json.dumps(LEAST), content_type="application/json", REMOTE_ADDR=address
    )


def stored():
    """Concerns here, how many in all and how many laid aside."""
    return Concern.objects.count(), Concern.objects.filter(sorted_later=True).count()


def _report(send):
    before = stored()
    assert send().status_code == 201
    after = stored()
    assert after[0] == before[0] + 1
    return "laid aside" if after[1] > before[1] else "as ever"


def _page():
    html = anonymous("gjovik").get("/meld/privat", REMOTE_ADDR=HERE).content.decode()
    return "proof asked" if "data-prove-now" in html else "as ever"


def asked_for(key, address=HERE):
    """What the form's script is told: a challenge or None."""
    answer = anonymous("gjovik").post("/meld/oppgave", {"key": key}, REMOTE_ADDR=address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    return answer.json()["challenge"]


def _asked():
    return "proof asked" if asked_for(uuid.uuid4().hex) else "as ever"


def _followed(answer):
    return "refused" if answer.status_code == 429 else "as ever"


DOORS = {
    "POST /meld/privat": lambda: _report(web),
    "POST /api/v1/reports": lambda: _report(api),
    "GET /meld/privat": _page,
    "POST /meld/oppgave": _asked,
    "POST /kvittering": lambda: _followed(
        anonymous("gjovik").post("/kvittering", {"code": "1" * 16}, REMOTE_ADDR=HERE)
    ),
    "GET /api/v1/reports/…": lambda: _followed(
        anonymous("gjovik").get(f"/api/v1/reports/{'1' * 16}", REMOTE_ADDR=HERE)
    ),
}
# Each bucket empty alone. Nothing that a bucket does is ever that a report is not received.
CONTRACT = {
    "reports by address": {
        "POST /meld/privat": "laid aside",
        "POST /api/v1/reports": "laid aside",
        "GET /meld/privat": "proof asked",
        "POST /meld/oppgave": "proof asked",
    },
    "reports by office": {
        "POST /meld/privat": "laid aside",
        "POST /api/v1/reports": "laid aside",
        "GET /meld/privat": "proof asked",
        "POST /meld/oppgave": "proof asked",
    },
    "receipts by address": {"POST /kvittering": "refused", "GET /api/v1/reports/…": "refused"},
    "receipts by office": {"POST /kvittering": "refused", "GET /api/v1/reports/…": "refused"},
}
CALLS = {"reports": limits.came_in_flood, "receipts": limits.wait_for_receipt}
GATES = {"reports": limits.REPORTS, "receipts": limits.RECEIPTS}


def stop_the_clock(monkeypatch):
    """Buckets fill while a test runs; here they do not."""
    for gate in GATES.values():
        monkeypatch.setattr(gate, "clock", lambda: 1_000.0)


def empty(bucket):
    """Use up one bucket and no other: all from one address, or each from an address of its own."""
    what, _, which = bucket.partition(" by ")
    limits.forget()
    gate, take = GATES[what], CALLS[what]
    size = int(gate.by_address.size if which == "address" else gate.by_office.size)
    for number in range(size):
        assert not take(ref("gjovik").id, HERE if which == "address" else f"10.0.{number // 250}.{number % 250}")


def check(bucket):
    """Every door does what the contract says while this bucket is empty."""
    for door, act in DOORS.items():
        empty(bucket)
        assert act() == CONTRACT[bucket].get(door, "as ever"), f"{bucket}: {door}"


def solution_of(made: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends for a challenge: counters tried from 0, as in the worker."""
    told = made["parameters"]
    nonce, salt = bytes.fromhex(told["nonce"]), bytes.fromhex(told["salt"])
    tries = ((n, challenge.derive(nonce, salt, n, told["cost"])) for n in range(challenge.TRIES.stop))
    counter, key = next(found for found in tries if found[1].hex().startswith(told["keyPrefix"]))
    return {"challenge": made, "solution": {"counter": counter, "derivedKey": key.hex(), "time": 1.5}}


def payload(told: dict[str, Any]) -> str:
    """As it stands in the hidden field."""
    return base64.b64encode(json.dumps(told).encode()).decode()


def key_on(html: str) -> str:
    """The form's client key."""
    found = re.search(r'name="idempotency_key" value="([0-9a-f]{32})"', html)
    assert found
    return found[1]
