"""Search by what a matter is called: the case's number, the phone service's reference, the receipt, the id."""

from uuid import uuid4

import pytest

from tenants.cases.models import CaseMember
from tenants.inbox import access
from tenants.inbox.actions import Carried, receive
from tenants.inbox.receipts import receipt_for
from tenants.inbox.told import Told
from tests.cast import ref
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import card_in
from varde.access import Reader

NONE = "Det finnes ingenting om dette som du har tilgang til."


def answer(name: str, typed: str) -> str:
    return client_for(name).post("/sok", {"sok": typed}).content.decode()


def names_of(case) -> dict[str, str]:
    """All that it can be called, by what that is."""
    part = case.id.hex[:6]
    return {
        "name": case.name,
        "small": case.name.lower(),
        "number": case.name.removeprefix("Sak "),
        "part": part.upper(),
        "id of the case": str(case.id),
        "id of the concern": str(case.concern_id),
        "receipt": receipt_for(ref("gjovik"), case.concern_id),
        "receipt in one": receipt_for(ref("gjovik"), case.concern_id).replace(" ", ""),
    }


def test_a_case_is_found_by_everything_that_it_is_called(gjovik):
    case = way.case("kari")
    way.case("kari")
    for kind, typed in names_of(case).items():
        shown = answer("kari", typed)
        assert f'href="/saker/{case.id}">{case.name}</a>' in shown, kind
        assert "1 treff" in shown, kind
    assert way.logged("inbox.concern", "search", case.concern_id)


@pytest.mark.parametrize("typed", ["V-7K3M-2Q", "v7k3m2q", " v-7k3m-2q "])
def test_a_call_is_found_by_the_reference_that_was_read_out(gjovik, typed):
    way.person("kari")
    told = Told(reporter_kind="privat", what=way.TELLER, who="Ola Utsatt")
    carried = Carried(uuid4(), "V-7K3M-2Q", ref("gjovik").id)
    got = receive(told=told, channel="hotline", carried=carried, by=Reader.for_purpose("post", ref("gjovik")))
    assert f'href="/innboks/{got.concern_id}"' in answer("kari", typed)


def test_what_is_hidden_is_found_by_no_name(gjovik):
    case = way.case("kari")
    CaseMember.objects.filter(case=case).delete()
    for kind, typed in names_of(case).items():
        assert NONE in answer("tove", typed), kind


def test_another_year_is_another_case(gjovik):
    case = way.case("kari")
    assert NONE in answer("kari", f"Sak 1999-{case.id.hex[:6].upper()}")


def test_what_can_be_nothing_is_said(gjovik):
    wrong = client_for("kari").post("/sok", {"sok": "12"})
    assert wrong.status_code == 422
    assert "Sak 2026-1A2B3C" in wrong.content.decode()


def test_more_than_are_shown_is_said(gjovik, monkeypatch):
    monkeypatch.setattr(access, "_MOST_FOUND", 1)
    for concern in (way.opened(), way.opened()):
        card_in(concern, "suspected", name="Nils Nabo")
    assert "Det er flere enn som vises" in answer("kari", "Nils Nabo")
