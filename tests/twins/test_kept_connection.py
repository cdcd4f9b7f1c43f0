"""A kept connection carries nothing of the last user, and no cache keeps anything of a case."""

import os
import pickle
import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction

from tenants.inbox import panels
from tests.access.role_table import ANYONE, KOMMUNE
from tests.cast import TEST, ref
from tests.client import BACKEND, confirm
from tests.twins import matters
from tests.twins.asking import names_of, tour
from tests.twins.people import SLUG, employ, user
from tests.twins.worlds import browser, twins
from varde.tenancy.backend.base import close_pools
from varde.tenancy.door import office
from varde.tenancy.work import work

ROUNDS = 500 if os.environ.get("VARDE_TWINS") == "1" else 50
_TOKEN = re.compile(rb'(?:name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]*"')
PAGES = ("/saker", "/innboks", "/frister", "/start", "/tiltak")


def logged_in(name):
    with work(ref(SLUG), "setup"):
        client = browser()
        client.person = user(name)
        client.force_login(client.person, backend=BACKEND)
        confirm(client)
    return client


def asked_by_nobody() -> tuple[int, int]:
    """(which server process answers, how many concerns it shows to somebody who says nothing)."""
    with office(ref(SLUG)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), (SELECT count(*) FROM inbox_concern)")
        return cursor.fetchone()


def alternate(monkeypatch, rounds: int) -> tuple[int, list[str], set[int]]:
    """(requests, what was somebody else's, server processes used)."""
    monkeypatch.setattr(settings, "DB_POOL_SIZE", 1)
    close_pools()
    with work(ref(SLUG), TEST):
        employ()
        visible = matters.lay_what_all_may_see()
        hidden = matters.make("not a member")
    ids = names_of(hidden, visible)
    clients, usual, mixed, processes = {name: logged_in(name) for name in ("kari", "tom")}, {}, [], set()
    broken = [False]
    columns = panels.columns_of
    monkeypatch.setattr(panels, "columns_of", lambda *a: 1 / 0 if broken[0] else columns(*a))
    for number in range(rounds * 2):
        name, path = ("kari", "tom")[number % 2], PAGES[number // 2 % len(PAGES)]
        broken[0] = number % 7 == 3
        response = clients[name].get("/innboks" if broken[0] else path)
        body = _TOKEN.sub(b"", response.content)
        own = response.status_code == 500 if broken[0] else usual.setdefault((name, path), body) == body
        told = name == "tom" and any(
            ids[each].encode() in body for each in ("hidden.case", "hidden.concern", "hidden.name")
        )
        pid, shown = asked_by_nobody()
        processes.add(pid)
        mixed += [f"{number} {name} {path}"] if told or shown or not own else []
    close_pools()
    assert ids["hidden.name"].encode() in usual["kari", "/saker"]
    return rounds * 2, mixed, processes


def test_two_users_alternate_on_one_connection(house, monkeypatch):
    requests, mixed, processes = alternate(monkeypatch, ROUNDS)
    print(f"\n{requests} requests of two users on {len(processes)} connection, {len(mixed)} mixed")
    assert not mixed
    assert len(processes) == 1


@pytest.fixture(scope="module")
def both(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), twins() as found:
        yield found


def test_no_cache_may_keep_a_page_of_somebody(both):
    """Every answer to somebody logged in, found or not, says no-store; pages for all may say what they like."""
    with both._world(()) as ids:
        script = list(tour(("GET",), ("visible", "absent")))
        answers = both._play("kim", script, ids, apart=True)
    kept = [
        ask.path for ask, seen in zip(script, answers, strict=False)
        if seen.status in (200, 422) and KOMMUNE.get(ask.path, ANYONE) != ANYONE
        and "no-store" not in dict(seen.headers).get("Cache-Control", "")
    ]  # fmt: skip
    assert not kept


def test_our_own_cache_holds_nothing_of_a_case(both):
    secret = [matters.NAME, matters.PHONE, matters.ID_NUMBER, matters.SUSPECT, "TryggEst"]
    with both._world(["not a member"]) as ids:
        both._play("kari", list(tour(("GET",), ("hidden", "visible"))), ids, apart=False)
        held = b"".join(key.encode() + value for key, value in cache._cache.items())
    wanted = [word.encode() for word in (*secret, ids["hidden.case"], ids["hidden.concern"])]
    assert not [word for word in wanted if word in held or word in pickle.dumps(held)]
