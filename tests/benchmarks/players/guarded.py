"""One practice kommune with some protections off: `guarded SLUG CASES LOG_ROWS [sealing] [log] [rows]`.

Each round asks for every page so many times, over HTTP from the demo's kind of web server. Answers {"ms": {name: [ms]},
"pages": {name: fingerprint of what was shown}, "counted": {part: before and after}}.
"""

import hashlib
import json
import re
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

from shared.registry.queries import office_by_slug
from tests.benchmarks.players import bare, casework
from tests.benchmarks.players.served import Line, served
from tests.benchmarks.players.turns import serve
from varde.access.roles import Role
from varde.tenancy.door import OfficeRef

# What differs from one office or answer to the next and is not content.
_VARYING = re.compile(
    r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|20\d\d-[0-9A-F]{6}|csrf\w+" value="\w+"|Benk \d|benk-\d'
    r"|\d\d\.\d\d\.20\d\d|kl\. \d\d\.\d\d|data-\w+=\"[^\"]*\"|[0-9a-f]{6,8}\b|\w{64}"
)
Ask = Callable[[], tuple[int, bytes]]


class Browser:
    """Asks over HTTP, as a reader's browser does."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def get(self, path: str, cookie: str) -> tuple[int, bytes]:
        """A page, as whoever the cookie says."""
        return self.line.ask("GET", path, None, {"Cookie": cookie})

    def report(self) -> tuple[int, bytes]:
        """A concern."""
        told = {"reporter_kind": "privat", "anonymous": True, "what": "Naboen har blåmerker og er redd."}
        headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
        return self.line.ask("POST", "/api/v1/reports", json.dumps(told).encode(), headers)


def main() -> None:
    """Fill the office, then play."""
    ref = office_by_slug(sys.argv[1])
    assert ref is not None
    bare.strip(ref, sys.argv[4:])
    people = casework.People(ref)
    shown = casework.cases(people, int(sys.argv[2]))
    casework.long_log(people, int(sys.argv[3]))
    from varde.wsgi import application

    with served(application, f"{ref.slug}.localhost") as line:
        _play(ref, asks(Browser(line), people, f"/saker/{shown.id}"))


def asks(browser: Browser, people: casework.People, case: str) -> dict[str, tuple[int, Ask]]:
    """What is asked for, and the status it shall have."""
    member, ombud = people.cookie(Role.TEAM_MEMBER), people.cookie(Role.PRIVACY_OFFICER)
    return {
        "case_page": (200, lambda: browser.get(case, member)),
        "case_list": (200, lambda: browser.get("/saker", member)),
        "acknowledged_concern": (201, browser.report),
        "log_page": (200, lambda: browser.get("/innsynslogg", ombud)),
    }


def _play(ref: OfficeRef, chosen: dict[str, tuple[int, Ask]]) -> None:
    def play(times: float) -> dict[str, Any]:
        before = bare.counted(ref)
        taken, pages = {}, {}
        for name, (status, ask) in chosen.items():
            taken[name], body = timed(ask, status, max(1, int(times) // (10 if name == "log_page" else 1)))
            pages[name] = _fingerprint(body)
        after = bare.counted(ref)
        return {"ms": taken, "pages": pages, "counted": {part: [before[part], after[part]] for part in before}}

    serve(play)


def timed(ask: Ask, wanted: int, times: int) -> tuple[list[float], bytes]:
    """Milliseconds of each, and the last answer. Another status than the one wanted is no answer."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        status, body = ask()
        taken.append((time.perf_counter() - began) * 1000)
        assert status == wanted, f"{status}: {body[:300]!r}"
    return taken, body


def _fingerprint(body: bytes) -> str:
    if body.startswith(b"{"):
        return ", ".join(json.loads(body))
    return hashlib.sha256(_VARYING.sub("…", body.decode()).encode()).hexdigest()[:12]
