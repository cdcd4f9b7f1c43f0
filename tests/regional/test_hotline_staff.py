"""A concern about somebody who works in the kommune: asked at the phone, carried in the letter."""

from regional.hotline.forms import ABOUT_STAFF, TOLD, CallForm, as_letter
from shared.contracts import ConcernHandover
from shared.contracts.fields import to_json
from tenants.inbox.told import STAFF_ANSWERS
from varde.clock import now


def told(**words):
    form = CallForm({"reporter_kind": "privat", "what": "x"} | words, recipients=[])
    assert form.is_valid(), form.errors
    return as_letter(form.told({}))


def test_the_phone_asks_and_what_is_answered_stands_in_the_letter():
    letter = ConcernHandover(reference="7K2-M4Q", taken_at=now(), **told(about_staff="team"))
    assert to_json(ConcernHandover, letter, "body")["about_staff"] == "team"


def test_who_is_not_asked_gives_a_letter_as_before():
    letter = ConcernHandover(reference="7K2-M4Q", taken_at=now(), **told())
    assert letter.about_staff == ""
    assert "about_staff" not in to_json(ConcernHandover, letter, "body")


def test_the_phone_and_the_form_know_the_same_answers():
    assert [code for code, _ in ABOUT_STAFF] == [code for code, _ in STAFF_ANSWERS]
    assert "about_staff" in TOLD
