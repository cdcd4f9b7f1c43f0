"""M6, first form: an error event is built from types and places, so nothing that was planted can leave."""

import io
import logging
import sys

import sentry_sdk
from sentry_sdk.transport import Transport

from varde.observability import PlaceFormatter, build_event

CANARY = "Ola Nordmann 01010112345"


def fail(secret: str) -> None:
    local = secret
    raise ValueError(f"noe med {local}")


class Catch(Transport):
    """Keeps the bytes that would have been sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""

    def capture_envelope(self, envelope: sentry_sdk.envelope.Envelope) -> None:
        self.sent += envelope.serialize()


def event_bytes(**options) -> bytes:
    catch = Catch()
    client = sentry_sdk.Client(dsn="http://k@127.0.0.1:1/1", transport=catch, include_local_variables=True, **options)
    with sentry_sdk.new_scope() as scope:
        scope.set_client(client)
        scope.set_user({"email": CANARY})
        scope.set_tag("path", CANARY)
        try:
            fail(CANARY)
        except ValueError as error:
            scope.capture_exception(error)
    return catch.sent


def test_an_event_tells_type_and_place():
    sent = event_bytes(before_send=build_event)
    assert b"ValueError" in sent
    assert b'"fail"' in sent


def test_nothing_planted_leaves():
    assert CANARY.encode() not in event_bytes(before_send=build_event)


def test_without_the_builder_it_would():
    assert CANARY.encode() in event_bytes()


def test_a_message_without_an_error_is_not_sent():
    assert build_event({"message": CANARY}, {}) is None


def test_a_log_line_of_others_holds_no_message():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlaceFormatter())
    try:
        fail(CANARY)
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, CANARY, None, sys.exc_info())
    handler.handle(record)
    assert CANARY not in stream.getvalue()
    assert "ValueError" in stream.getvalue()
