"""`varde seed-demo`: the demo's offices and people, in the test's own server."""

import pytest
from django.test import override_settings

from shared.registry.demo import wishes
from shared.registry.queries import office_by_slug
from tests.client import anonymous
from varde import demo
from varde.access import Role
from varde.cli_errors import Complaint
from varde.identity.models import User
from varde.tenancy.door import office


def test_everybody_can_log_in_and_a_second_run_changes_nothing(house, capsys, monkeypatch):
    monkeypatch.setattr(demo, "OFFICES", "tests.varde.demo_offices:seed")
    assert demo.main([]) == 0
    first = capsys.readouterr().out
    password = first.splitlines()[0].split()[-1]
    assert "http://gjovik.localhost:8000/inn" in first
    answer = anonymous("gjovik").post("/inn", {"login": "koordinator@gjovik.example", "password": password})
    assert answer["Location"] == "/start"
    gjovik = office_by_slug("gjovik")
    with office(gjovik):
        before = sorted(User.objects.values_list("id", "password"))
    assert demo.main([]) == 0
    assert capsys.readouterr().out == first
    with office(gjovik):
        assert sorted(User.objects.values_list("id", "password")) == before


def test_the_wishes_are_two_whole_regions():
    slugs = [wish.slug for wish in wishes()]
    assert slugs[:2] == ["drift", "gjovikregionen"]
    assert {"gjovik", "ostre-toten", "vestre-toten", "nordre-land", "sondre-land", "hamar", "loten"} <= set(slugs)
    assert [wish.slug for wish in wishes() if wish.host] == ["gjovik", "hamar"]
    assert [wish.slug for wish in wishes() if wish.facts.get("has_team") is False] == ["loten"]


def test_production_gets_no_demo_data():
    with override_settings(MODE="production"), pytest.raises(Complaint):
        demo.main([])


def test_the_address_of_a_role():
    assert demo.email_of(Role.OPERATOR, office_stub()) == "operator@gjovikregionen.example"


def office_stub():
    from uuid import uuid4

    from varde.tenancy.door import OfficeRef

    return OfficeRef(uuid4(), "region", "gjovikregionen", "s", "l", "Gjøvikregionen", "", None, False)
