"""M6 in small: what an event, a line, a cell, a name and a mail are built from. The whole: tests/exits."""

import csv
import io
import logging
import sys
import threading
import uuid
import warnings
from datetime import date

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import ref
from varde.exits import lines, names, sheets
from varde.exits.errors import build_event
from varde.notify.mail import tell
from varde.tenancy.guard import Refused

CANARY = "Ola Nordmann 01010112345"


# --- events --------------------------------------------------------------------------------------------------


def event(**more):
    frame = {"module": "a.b", "function": "<lambda>", "lineno": 7, "vars": {"x": CANARY}, "context_line": CANARY}
    return {"exception": {"values": [{"type": "E", "value": CANARY, "stacktrace": {"frames": [frame]}}]}} | more


def test_an_event_tells_type_place_and_release():
    built = build_event(event(), {})
    value = built["exception"]["values"][0]
    assert value == {"type": "E", "stacktrace": {"frames": [{"module": "a.b", "function": "<lambda>", "lineno": 7}]}}
    assert built["release"].startswith("varde@")


@pytest.mark.parametrize(
    "name", ["user", "request", "breadcrumbs", "extra", "tags", "server_name", "contexts", "modules"]
)
def test_nothing_else_gets_in(name):
    assert CANARY not in str(build_event(event(**{name: CANARY}), {}))


@pytest.mark.parametrize("field", ["type", "module", "function", "lineno", "event_id"])
def test_a_name_of_code_that_is_none_does_not_get_in(field):
    made = event(event_id=CANARY)
    value = made["exception"]["values"][0]
    value["type"] = CANARY
    value["stacktrace"]["frames"][0] |= {field: CANARY}
    assert CANARY not in str(build_event(made, {}))


@pytest.mark.parametrize("empty", [{}, {"exception": None}, {"exception": {"values": []}}, {"message": CANARY}])
def test_a_message_without_an_error_is_not_sent(empty):
    assert build_event(empty, {}) is None


# --- lines ---------------------------------------------------------------------------------------------------


def line(logger: str, message: object, *args: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return lines.PlaceFormatter().format(
        logging.LogRecord(logger, logging.ERROR, "a/base.py", 274, message, args, info)
    )


@pytest.mark.parametrize("logger", [
    "django.request", "gunicorn.error", "celery.app.trace", "celery.beat", "psycopg.pool", "allauth", "kombu", "root",
    "py.warnings", "tenants.inbox", "vardeish",
])  # fmt: skip
def test_a_line_of_others_tells_its_place_and_no_word(logger):
    said = line(logger, f"Invalid request from ip=%s {CANARY}", CANARY, error=ValueError(CANARY))
    assert CANARY not in said
    assert "base.None:274" in said
    assert "ValueError" in said


@pytest.mark.parametrize(("arg", "shown"), [
    (CANARY, False), ("Nordmann", False), ("203.0.113.9", False), (["x"], False), (OSError("x"), False),
    (7, True), (2.5, True), (uuid.UUID(int=5), True), (str(uuid.UUID(int=5)), True), ("OperationalError", True),
])  # fmt: skip
def test_our_own_line_shows_numbers_ids_and_names_of_errors(arg, shown):
    assert line("varde.post", "letter %s waits", arg).endswith(f"letter {arg if shown else '…'} waits")


@pytest.mark.parametrize("message", ["%d brev", "100 %", "%s %s"])
def test_a_line_that_does_not_fit_its_words_is_still_one(message):
    assert line("varde.post", message, "x").endswith(message)


def test_a_refusal_to_start_can_be_read():
    assert line("gunicorn.error", "Exception in worker", error=Refused("Sett VARDE_KEYS.")).endswith("Sett VARDE_KEYS.")


@pytest.fixture
def caught(monkeypatch):
    """What our hooks write."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(lines.PlaceFormatter())
    monkeypatch.setattr(lines.log, "handlers", [handler])
    for place, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(place, name, getattr(place, name))
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    lines.catch_the_rest()
    return stream


def test_what_nobody_caught_is_told_by_type_and_place(caught):
    error = ValueError(CANARY)
    sys.excepthook(ValueError, error, None)
    thread = threading.Thread(target=lambda: [][0])
    thread.start()
    thread.join()
    warnings.showwarning(UserWarning(CANARY), UserWarning, "/a/b.py", 3)
    told = caught.getvalue()
    assert "ValueError" in told
    assert "IndexError" in told
    assert "UserWarning in b.py line 3" in told
    assert CANARY not in told


def test_nobody_keeps_a_handler_of_their_own(monkeypatch):
    theirs = logging.StreamHandler()
    monkeypatch.setattr(logging.getLogger("gunicorn.error"), "handlers", [theirs])
    lines.take_over()
    assert isinstance(theirs.formatter, lines.PlaceFormatter)


# --- sheets and names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+47", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1", "\ufeff=1"])
def test_a_formula_becomes_text(text):
    assert sheets.cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Gjøvik", "a=b", "'=1", "", 7, -7, 2.5, None])
def test_other_cells_are_as_they_were(value):
    assert sheets.cell(value) == value


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_no_written_cell_begins_as_a_formula(cells):
    out = io.StringIO()
    sheets.Writer(out).writerow(cells)
    (row,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert [cell for cell in row if cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]


def test_a_file_for_people_has_semicolons_and_the_same_guard():
    made = sheets.norwegian_csv([("Hva", "=1;2", "a;=3"), ("ø", 12345, None)])
    assert made == '\ufeffHva;"\'=1;2";"a;=3"\nø;12345;\n'.encode()


def test_names_are_fixed_words_and_a_day():
    day = date(2026, 1, 7)
    assert names.attachment("sak", day) == 'attachment; filename="varde-sak-2026-01-07.pdf"'
    assert names.title("sak", day) == "Utskrift av sak 07.01.2026"
    for kind, ending in ((CANARY, "pdf"), ("sak", CANARY)):
        with pytest.raises(KeyError):
            names.file_name(kind, day, ending)


# --- mail ----------------------------------------------------------------------------------------------------

HEADERS = {"Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID"}


@pytest.mark.parametrize("kind", ["new", "due"])
def test_a_mail_says_log_in_and_nothing_else(house, kind):
    assert tell(kind, to=["kari@example.org"], ref=ref("gjovik")) == {"kari@example.org"}
    (sent,) = mail.outbox
    assert sent.message().keys() == list(dict.fromkeys(sent.message().keys()))
    assert set(sent.message().keys()) <= HEADERS
    assert sent.subject in {"Noe nytt venter", "Noe har en frist"}
    *told, blank, where = sent.body.rstrip("\n").split("\n")
    assert (len(told), blank, where) == (1, "", "http://gjovik.localhost:8000/inn")
    assert "Logg inn" in told[0]


def test_there_is_no_mail_of_another_kind(house):
    with pytest.raises(KeyError):
        tell(CANARY, to=["kari@example.org"], ref=ref("gjovik"))
