"""One practice kommune with some protections off: `guarded SLUG CASES LOG_ROWS [sealing] [log] [rows]`.

Each round asks for every page so many times, through the real WSGI stack in this process. Answers {"ms": {name: [ms]},
"pages": {name: fingerprint of what was shown}, "counted": {part: before and after}}.
"""

import hashlib
import io
import json
import re
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.test import RequestFactory

from shared.registry.queries import office_by_slug
from tests.benchmarks.players import bare, casework
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
    """Asks the application itself."""

    def __init__(self, ref: OfficeRef) -> None:
        from varde.wsgi import application

        self.application = application
        self.factory = RequestFactory(HTTP_HOST=f"{ref.slug}.localhost")

    def get(self, path: str, cookie: str) -> tuple[int, bytes]:
        """A page, as whoever the cookie says."""
        return self._ask(self.factory.get(path, HTTP_COOKIE=cookie).environ)

    def report(self) -> tuple[int, bytes]:
        """A concern."""
        told = {"reporter_kind": "privat", "anonymous": True, "what": "Naboen har blåmerker og er redd."}
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        return self._ask(self.factory.post("/api/v1/reports", told, "application/json", headers=headers).environ)

    def _ask(self, environ: dict[str, Any]) -> tuple[int, bytes]:
        said: list[str] = []
        body = io.BytesIO()

        def start(status: str, _headers: object, _info: object = None) -> Callable[[bytes], object]:
            said.append(status)
            return body.write

        answer = self.application(environ, start)
        try:
            for piece in answer:
                body.write(piece)
        finally:
            answer.close()
        return int(said[0][:3]), body.getvalue()


def main() -> None:
    """Fill the office, then play."""
    ref = office_by_slug(sys.argv[1])
    assert ref is not None
    bare.strip(ref, sys.argv[4:])
    people = casework.People(ref)
    shown = casework.cases(people, int(sys.argv[2]))
    casework.long_log(people, int(sys.argv[3]))
    browser = Browser(ref)
    member, ombud = people.cookie(Role.TEAM_MEMBER), people.cookie(Role.PRIVACY_OFFICER)
    asks: dict[str, tuple[int, Ask]] = {
        "case_page": (200, lambda: browser.get(f"/saker/{shown.id}", member)),
        "case_list": (200, lambda: browser.get("/saker", member)),
        "acknowledged_concern": (201, browser.report),
        "log_page": (200, lambda: browser.get("/innsynslogg", ombud)),
    }

    def play(times: float) -> dict[str, Any]:
        before = bare.counted(ref)
        taken, pages = {}, {}
        for name, (status, ask) in asks.items():
            taken[name], body = _timed(ask, status, max(1, int(times) // (10 if name == "log_page" else 1)))
            pages[name] = _fingerprint(body)
        after = bare.counted(ref)
        return {"ms": taken, "pages": pages, "counted": {part: [before[part], after[part]] for part in before}}

    serve(play)


def _timed(ask: Ask, wanted: int, times: int) -> tuple[list[float], bytes]:
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
