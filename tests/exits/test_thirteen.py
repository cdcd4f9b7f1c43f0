"""Thirteen secrets through real errors of web, database and worker: none leaves in an event or a log line.

Turned red by the sabotages in tests/sabotage/test_exits_sabotage.py.
"""

import json

import pytest
from django.conf import settings

from tests.exits.secrets13 import PLACES
from tests.exits.trial import EVENTS, Outcome, trial

KEPT = {"event_id", "timestamp", "level", "platform", "release", "exception"}


@pytest.fixture(scope="module")
def outcome(servers, django_db_setup, django_db_blocker, tmp_path_factory) -> Outcome:
    """One trial for all of them; it commits nothing."""
    with django_db_blocker.unblock():
        return trial(servers, tmp_path_factory.mktemp("home"), settings.HOME / "log/postgres.log")


def test_there_are_thirteen():
    assert len(PLACES) == 13


def test_the_errors_were_real(outcome):
    assert outcome.statuses == [500, 500, 500]
    for kind in ("ValueError", "UniqueViolation", "IntegrityError", "InvalidTextRepresentation", "RuntimeError"):
        assert kind.encode() in outcome.events
    assert len(outcome.requests) == EVENTS


def test_nothing_leaves_in_an_event(outcome):
    print(f"hendelser: {len(outcome.requests)}, byte: {len(outcome.events)}")
    print(f"treff: {len(outcome.planted.hits(outcome.events))} av {len(PLACES)}")
    assert outcome.planted.hits(outcome.events) == []


def test_nothing_leaves_in_a_log_line(outcome):
    print(f"logg: {len(outcome.log)} byte, treff: {len(outcome.planted.hits(outcome.log))} av {len(PLACES)}")
    assert outcome.planted.hits(outcome.log) == []
    assert b"ValueError" in outcome.log
    assert b"gunicorn" in outcome.log
    assert b"RuntimeError" in outcome.log


def test_an_event_holds_these_fields_and_no_others(outcome):
    for request in outcome.requests:
        head, item, event = request.split(b"\r\n\r\n" if b"\r\n\r\n" in request else b"\n\n", 1)[1].split(b"\n")[:3]
        assert json.loads(head).keys() == {"event_id"}
        assert json.loads(item)["type"] == "event"
        assert {name for name, value in json.loads(event).items() if value} <= KEPT
