"""A practice kommune with so many cases: `crowded SLUG CASES`. Answers {"ms": {page: [ms]}, "queries": {page: n}}."""

import sys
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.registry.queries import office_by_slug
from tenants.meeting.actions import Wish, call_meeting
from tests.benchmarks.players import casework
from tests.benchmarks.players.crowd import crowd
from tests.benchmarks.players.guarded import timed
from tests.benchmarks.players.served import Line, served
from tests.benchmarks.players.turns import serve
from tests.client import OfficeClient
from varde.access.roles import Role
from varde.clock import now
from varde.wsgi import application

REAL = 60
TOKEN = "b" * 32
FORM = "application/x-www-form-urlencoded"


def main() -> None:
    """Fill the office, count the queries, then play."""
    ref = office_by_slug(sys.argv[1])
    assert ref is not None
    people = casework.People(ref)
    shown = casework.cases(people, REAL)
    crowd(ref, people, people.user(Role.COORDINATOR).id, int(sys.argv[2]) - REAL)
    asked = asks(f"/saker/{shown.id}", f"/mote/{_meeting(people)}")
    queries = {name: _queries(people, role, path, body) for name, (role, path, body) in asked.items()}
    with served(application, f"{ref.slug}.localhost") as line:
        _play(line, people, asked, queries)


type Asked = dict[str, tuple[Role, str, dict[str, str] | None]]


def _meeting(people: casework.People) -> UUID:
    with people.acting(Role.COORDINATOR) as by:
        chair = people.user(Role.COORDINATOR)
        wish = Wish(now() + timedelta(days=3), 180, chair, people.user(Role.TEAM_MEMBER))
        return call_meeting(wish=wish, people=[chair, people.user(Role.TEAM_MEMBER)], by=by).id


def asks(case: str, meeting: str) -> Asked:
    """Who asks for what, and what is posted."""
    return {
        "today": (Role.COORDINATOR, "/start", None),
        "list": (Role.COORDINATOR, "/saker", None),
        "members_list": (Role.TEAM_MEMBER, "/saker", None),
        "case_page": (Role.COORDINATOR, case, None),
        "agenda": (Role.COORDINATOR, meeting, None),
        "search": (Role.COORDINATOR, "/sok", {"sok": "Per Utsatt"}),
    }


def _queries(people: casework.People, role: Role, path: str, body: dict[str, str] | None) -> int:
    client: OfficeClient = people.browsers[role]
    with CaptureQueriesContext(connection) as counted:
        answer = client.get(path) if body is None else client.post(path, body)
    assert answer.status_code == 200, answer.status_code
    return len(counted)


def _play(line: Line, people: casework.People, asked: Asked, queries: dict[str, int]) -> None:
    def play(times: float) -> dict[str, Any]:
        return {
            "ms": {name: timed(_ask(line, people, *each), 200, int(times))[0] for name, each in asked.items()},
            "queries": queries,
        }

    serve(play)


def _ask(line: Line, people: casework.People, role: Role, path: str, body: dict[str, str] | None) -> Any:
    headers = {"Cookie": people.cookie(role)}
    if body is None:
        return lambda: line.ask("GET", path, None, headers)
    sent = urlencode(body | {"csrfmiddlewaretoken": TOKEN}).encode()
    both = {"Content-Type": FORM, "Cookie": f"{headers['Cookie']}; {settings.CSRF_COOKIE_NAME}={TOKEN}"}
    return lambda: line.ask("POST", path, sent, both)
