"""The catalogue of measures, and what the case page shows of the plan."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.codes import legal
from shared.codes.catalogue import matching, suggestion, suggestions
from tenants.measures.actions import move_measure
from tenants.measures.catalogue import looked_up
from tenants.measures.models import Measure
from tenants.measures.states import KINDS
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_every_measure_has_a_known_kind_and_ground_and_a_sentence():
    assert len(suggestions()) >= 25
    assert len({each.code for each in suggestions()}) == len(suggestions())
    for each in suggestions():
        assert each.kind in dict(KINDS)
        assert each.sentence.endswith(".")
        assert not each.ground or legal.reference(each.ground)


@CALM
@given(st.text(max_size=40), st.sampled_from(["", *dict(KINDS), "magi"]), st.text(max_size=10))
def test_a_search_finds_only_what_holds_every_word(words, kind, service):
    found = matching(words, kind, service)
    assert set(found) <= set(suggestions())
    for each in found:
        said = f"{each.title} {each.service} {each.sentence}".casefold()
        assert all(word in said for word in words.casefold().split())


def test_what_is_unknown_is_taken_for_not_asked():
    lookup = looked_up({"slags": "magi", "tjeneste": "Romfart", "fra": "nei"})
    assert (lookup.found, lookup.chosen, lookup.asked) == (list(suggestions()), None, False)


def test_choosing_one_fills_the_form_and_own_words_are_possible(gjovik):
    kari, case = client_for("kari"), way.case()
    page = kari.get(f"/saker/{case.id}/tiltak?fra=ny_las").content.decode()
    assert suggestion("ny_las").sentence in page
    assert '<option value="hol_3_2" selected>' in page
    assert 'value="Boligtjenesten"' in page
    sent = {
        "kind": "concrete", "title": "Hunden får bo hos søsteren", "owner": str(as_person("kari").user_id),
        "due_on": way.in_hours(48).date().isoformat(), "legal_ground": "hol_3_2", "service": "",
    }  # fmt: skip
    assert kari.post(f"/saker/{case.id}/tiltak?fra=ny_las", sent).status_code == 303
    assert Measure.objects.get().title == "Hunden får bo hos søsteren"


@pytest.mark.parametrize(("query", "there", "not_there"), [
    ("sok=krisesenteret", "Plass på krisesenteret", "Bytte lås"),
    ("slags=cooperation", "Time hos fastlegen", "Bytte lås"),
    ("tjeneste=Nav", "Midlertidig botilbud", "Bytte lås"),
    ("sok=xyzzy", "Ingen vanlige tiltak passer", "Bytte lås"),
])  # fmt: skip
def test_the_catalogue_is_searched_without_script(gjovik, query, there, not_there):
    page = client_for("kari").get(f"/saker/{way.case().id}/tiltak?{query}").content.decode()
    assert there in page
    assert not_there not in page


def test_the_case_page_shows_how_far_the_plan_has_come_and_what_it_led_to(gjovik):
    kari, case = client_for("kari"), way.case()
    late, ended = way.measure(case, days=-2), way.measure(case)
    move_measure(measure=ended, to="done", effect="Hun sover bedre", by=as_person("kari"))
    page = kari.get(f"/saker/{case.id}").content.decode()
    assert "Hvor langt tiltakene er kommet" in page
    assert "Hun sover bedre" in page
    assert "2 dager over frist" in page
    assert str(late.id) in page


def test_an_owner_who_left_is_said(gjovik):
    kari, case = client_for("kari"), way.case(owner="tom")
    found = way.measure(case, owner="tom")
    tom = way.person("tom")
    tom.is_active = False
    tom.save()
    assert "Er her ikke lenger" in kari.get(f"/saker/{case.id}").content.decode()
    assert "Er her ikke lenger" in kari.get("/tiltak").content.decode()
    page = kari.get(f"/tiltak/{found.id}").content.decode()
    assert "Den som har ansvar, har ikke tilgang til saken lenger." in page
