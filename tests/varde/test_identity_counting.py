"""Five wrong guesses hold in every process; nothing stored tells whose."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection

from tests.cast import PASSWORD, ref
from tests.client import anonymous, client_for
from varde.identity.counting import OfficeCounters
from varde.identity.models import Counter
from varde.tenancy.door import office


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def guess(email: str, password: str = "feil"):
    return anonymous("gjovik").post("/inn", {"login": email, "password": password})


def test_failures_are_kept_though_the_answer_is_422(house):
    person = client_for("kari").person
    assert [guess(person.email).status_code for _ in range(5)] == [422] * 5
    cache.clear()  # what a new process does not know
    answer = guess(person.email, PASSWORD)
    assert answer.status_code == 422
    assert "For mange forsøk" in answer.content.decode()
    with office(ref("gjovik")):
        rows = [*Counter.objects.all()]
    assert rows
    assert all("kari" not in row.key + str(row.value) for row in rows)


def test_an_unknown_account_is_closed_in_the_same_way(house):
    answers = [guess("ingen@gjovik.example") for _ in range(6)]
    assert "For mange forsøk" in answers[-1].content.decode()


def test_a_right_password_does_not_count(house):
    person = client_for("kari").person
    assert [guess(person.email, PASSWORD).status_code for _ in range(7)] == [302] * 7


def test_guesses_at_once_are_counted_one_after_the_other(house, django_db_blocker):
    person = client_for("kari").person
    said = []

    def one() -> None:
        with django_db_blocker.unblock():
            said.append("For mange" in guess(person.email).content.decode())
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [False] * 5 + [True] * 5


def test_the_cache_keeps_its_promises(gjovik):
    store = OfficeCounters("x", {})
    assert store.add("allauth:a", 1, 60)
    assert not store.add("allauth:a", 2, 60)
    assert store.get("allauth:a") == 1
    store.set("allauth:a", [1, 2], 60)
    assert store.get("allauth:a") == [1, 2]
    assert store.add("allauth:b", 1, -1)
    assert store.get("allauth:b") is None
    assert store.add("allauth:b", 2, 60)
    assert store.delete("allauth:a")
    assert not store.delete("allauth:a")


def test_what_is_not_a_limit_stays_in_memory(gjovik):
    cache.set("other", 1, 60)
    assert cache.get("other") == 1
    assert not Counter.objects.exists()
