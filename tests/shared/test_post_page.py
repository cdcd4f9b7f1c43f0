"""What is under way, seen by the host."""

from datetime import timedelta
from uuid import uuid4

from shared.contracts import TestConcern
from shared.post.actions import send
from shared.post.overview import lines, per_recipient
from shared.post.queries import UnderWay
from tests.cast import ref
from tests.client import client_for
from varde.access import Role
from varde.access.reader import Reader
from varde.clock import now


def letter(minutes: int, to: str = "Gjøvik") -> UnderWay:
    return UnderWay(uuid4(), "TestConcern", "Gjøvikregionen", to, now(), timedelta(minutes=minutes))


def test_age_has_a_word_and_a_colour():
    assert [line.word for line in lines([letter(0), letter(6), letter(90)])] == ["på vei", "forsinket", "står fast"]


def test_letters_are_counted_by_recipient_the_oldest_first():
    found = per_recipient([letter(1), letter(3), letter(9, "Nabo")])
    assert [(name, number) for name, number, _ in found] == [("Nabo", 1), ("Gjøvik", 2)]


def test_the_host_sees_what_is_under_way(gjovikregionen):
    by = Reader.for_purpose("post", gjovikregionen)
    send(TestConcern(reference="P-1", sent_at=now()), to=ref("gjovik"), by=by)
    host = client_for("liv", Role.HOST_ADMINISTRATOR)
    shown = host.get("/post").content.decode()
    assert "1 brev underveis" in shown
    assert "Prøvemelding" in shown
    part = host.get("/post", headers={"HX-Request": "true"}).content.decode()
    assert "Prøvemelding" in part
    assert "<html" not in part


def test_an_operator_does_not_see_the_post(gjovikregionen):
    assert client_for("olga").get("/post").status_code == 403
