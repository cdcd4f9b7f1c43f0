"""A call back written wrongly is put right, one to the reporter says no name, and a closed matter takes none."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.inbox import callbacks_access, callbacks_actions
from tenants.inbox.actions import move
from tenants.inbox.callbacks_actions import Plan
from tenants.inbox.calls_models import Callback, CallbackVersion
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import stored
from tests.tenants.test_inbox_callbacks import DAY, HOME, laid, text_of, typed
from tests.tenants.test_inbox_reporter import WHY, told
from tests.tenants.transfers import hand_over
from varde.refusal import Refused

RIGHT = {"who": "Fru Berge", "phone": "61 18 95 99", "safe_ways": "Før 12", "not_on_voicemail": "Ingenting",
         "listening": "Sønnen", "interpreter": ""}  # fmt: skip


# --- put right -------------------------------------------------------------------------------------------------------
def test_after_a_wrong_number_it_is_put_right_and_what_stood_is_kept(gjovik):
    row, kari = laid(), client_for("kari")
    place = f"{HOME}/{row.id}/rett"
    assert kari.post(f"{HOME}/{row.id}", {"result": "wrong_number"}).status_code == 303
    assert f'href="{place}"' in text_of(kari.get(f"{HOME}/{row.id}"))
    seen = callbacks_access.written(Callback.objects.get())
    assert 'value="61 18 95 00"' in text_of(kari.get(place))
    assert kari.post(place, RIGHT | {"seen": seen}).status_code == 303
    html = text_of(kari.get(f"{HOME}/{row.id}"))
    assert all(words in html for words in ("Fru Berge", "61 18 95 99", "Før sto det", "61 18 95 00"))
    (version,) = CallbackVersion.objects.all()
    assert version.was == {"who": "Fru Berg", "phone": "61 18 95 00"}
    assert "Berg" not in stored("inbox_callbackversion")
    assert "61 18 95 99" not in html.split("Før sto det")[1].split("</section>")[0]


def test_the_second_is_told_and_keeps_what_was_typed_and_bad_input_is_too(gjovik):
    row, kari = laid(), client_for("kari")
    place, seen = f"{HOME}/{row.id}/rett", callbacks_access.written(row)
    callbacks_actions.correct(
        callback=row, said=callbacks_access.content(row) | {"phone": "61 18 95 11"}, seen=seen, by=as_person("kari")
    )
    late = kari.post(place, RIGHT | {"seen": seen})
    assert late.status_code == 422
    assert all(words in text_of(late) for words in ("først ute", "61 18 95 11", 'value="61 18 95 99"'))
    bad = kari.post(place, RIGHT | {"phone": "ring meg"})
    assert bad.status_code == 422
    assert all(words in text_of(bad) for words in ("ser ikke riktig ut", "Fru Berge"))
    same = callbacks_access.content(Callback.objects.get())
    callbacks_actions.correct(callback=row, said=same, seen=None, by=as_person("kari"))
    assert CallbackVersion.objects.count() == 1
    callbacks_actions.tried(callback=row, result="reached", note="", by=as_person("kari"))
    assert kari.get(place).status_code == 303
    over = kari.post(place, RIGHT | {"seen": callbacks_access.written(row)})
    assert (over.status_code, "alt meldt" in text_of(over), 'value="61 18 95 99"' in text_of(over)) == (422, True, True)
    with pytest.raises(Refused, match="alt meldt"):
        callbacks_actions.correct(callback=row, said=same, seen=None, by=as_person("kari"))
    with pytest.raises(ValueError, match="alt som kan rettes"):
        callbacks_actions.correct(callback=laid(), said={"phone": "1"}, seen=None, by=as_person("kari"))


def test_it_is_hidden_with_the_matter_and_no_statement_changes_it_without_its_history(gjovik):
    row = laid(way.case("kari").concern)
    callbacks_actions.correct(callback=row, said=RIGHT, seen=None, by=as_person("kari"))
    with seen_as("tom"):
        assert not CallbackVersion.objects.exists()
    tom = client_for("tom")
    for there in (row.id, uuid.uuid4()):
        assert tom.get(f"{HOME}/{there}/rett").status_code == 404
        assert way.logged("inbox.callback", "denied", there)
    other = laid()
    with seen_as("kari"):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Callback.objects.filter(id=other.id).update(phone="")
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM inbox_callbackversion")


# --- the reporter ----------------------------------------------------------------------------------------------------
def sent(**words):
    return {key: text for key, text in typed().items() if key not in ("who", "phone")} | {"hvem": "melder"} | words


def test_whoever_reported_is_called_by_way_of_the_reason_and_no_list_says_who(gjovik):
    concern, kari = told(safe_contact="Bare på dagtid"), client_for("kari")
    home = f"/innboks/{concern.id}/ring-tilbake"
    assert f'href="{home}?hvem=melder"' in text_of(kari.get(home))
    form = text_of(kari.get(f"{home}?hvem=melder"))
    assert 'name="phone"' not in form
    assert "Bare på dagtid</textarea>" in form
    assert kari.post(home, sent(due_day=DAY)).status_code == 303
    row = Callback.objects.get()
    assert (row.to_reporter, row.who, row.phone) == (True, "Melderen", "")
    pages = [HOME, f"{HOME}/{row.id}", f"/innboks/{concern.id}", "/start", f"{HOME}/{row.id}/rett"]
    for address in pages:
        html = text_of(kari.get(address))
        assert "Melderen" in html, address
        assert not [word for word in ("Mona", "99 88 77 66") if word in html], address
    page = text_of(kari.get(f"{HOME}/{row.id}"))
    assert f'href="/innboks/{concern.id}/melder"' in page
    assert "tel:" not in page.split("<main")[1].split("</main>")[0]
    assert "99 88 77 66" in text_of(kari.post(f"/innboks/{concern.id}/melder", WHY))
    right = {name: RIGHT[name] for name in ("safe_ways", "not_on_voicemail", "listening", "interpreter")}
    assert kari.post(f"{HOME}/{row.id}/rett", right | {"who": "Mona", "phone": "99887766"}).status_code == 303
    assert (Callback.objects.get().who, Callback.objects.get().safe_ways) == ("Melderen", "Før 12")


def test_it_is_no_choice_where_no_number_was_given(gjovik):
    for concern in (told(reporter_phone=""), way.opened("kari")):
        kari, home = client_for("kari"), f"/innboks/{concern.id}/ring-tilbake"
        assert "hvem=melder" not in text_of(kari.get(home))
        assert kari.post(home, sent()).status_code == 422
        with pytest.raises(Refused, match="ikke oppgitt noe nummer"):
            plan = Plan("", "", way.in_hours(3), way.person("kari"), to_reporter=True)
            callbacks_actions.plan(plan=plan, concern=concern, by=as_person("kari"))
    assert not Callback.objects.exists()


# --- a matter that is over -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("sent_on", [False, True])
def test_a_matter_that_is_over_shows_no_way_takes_nobody_new_and_keeps_what_was_typed(gjovik, sent_on):
    case = way.case("kari")
    kari, home = client_for("kari"), f"/innboks/{case.concern_id}/ring-tilbake"
    pages = (f"/innboks/{case.concern_id}", f"/saker/{case.id}")
    assert all("Noen skal ringes" in text_of(kari.get(address)) for address in pages)
    rows = [] if sent_on else [laid(case.concern)]
    hand_over(case.concern) if sent_on else move(concern=case.concern, to="closed", by=as_person("kari"))
    for address in pages:
        html = text_of(kari.get(address))
        assert "Noen skal ringes" not in html
        assert all(f"{HOME}/{row.id}" in html for row in rows)
    assert kari.get(home).status_code == 303
    answer = kari.post(home, typed())
    assert answer.status_code == 422
    assert all(words in text_of(answer) for words in ("Saken er lukket", "Mandag før 12"))
    with pytest.raises(Refused, match="lukket"):
        laid(case.concern)
    assert Callback.objects.count() == len(rows)
