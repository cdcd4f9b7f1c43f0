"""Sharing out of the team: a decision first, then a link that opens once, with a code that is told on the phone."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.cases.models import Case, Note
from tenants.inbox import limits
from tenants.inbox.models import Concern
from tenants.measures import sharing_actions as actions
from tenants.measures import sharing_queries as queries
from tenants.measures.sharing_models import Sharing
from tenants.measures.sharing_states import check_consent, check_lasting, code_of, digits_of, standing
from tests.cast import as_person
from tests.client import anonymous, client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.privacy.errors import CannotOpen
from varde.privacy.keyring import keyring
from varde.refusal import Refused

TEXT = "Hun er redd for å være hjemme på fredager. Ring meg når hun kommer til timen."
NO = "Lenken eller koden virker ikke."


@pytest.fixture(autouse=True)
def _fresh_tries():
    limits.forget()


CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def decision(**changes: object) -> actions.Decision:
    """With consent, by link, for a day."""
    given = {
        "ground": "samtykke", "recipient": "Anne Hansen, fastlege", "why": "Timen er mandag", "consent": "yes",
        "consent_why": "", "text": TEXT, "way": "link", "hours": 24,
    }  # fmt: skip
    return actions.Decision(**given | changes)


def typed(**changes: str) -> dict[str, str]:
    """The sheet as it is typed."""
    given = {
        "ground": "samtykke", "recipient": "Anne Hansen, fastlege", "why": "Timen er mandag", "consent": "yes",
        "consent_why": "", "text": TEXT, "way": "link", "hours": "24",
    }  # fmt: skip
    return given | changes


def shared(case: Case | None = None, **changes: object):
    """By Kari: the row and the link."""
    way.person("kari")
    return actions.share(concern=(case or way.case()).concern, decision=decision(**changes), by=as_person("kari"))


def opened(link, code: str | None = None):
    """The recipient's answer."""
    return anonymous("gjovik").post(f"/delt/{link.secret}", {"code": link.code if code is None else code})


def wrong(link) -> str:
    """Eight digits that are not the code."""
    return code_of(int(digits_of(link.code)) + 1)


@CALM
@given(st.integers(min_value=0))
def test_a_code_has_eight_digits_and_is_read_as_it_is_said(number):
    assert len(digits_of(code_of(number))) == 8
    assert digits_of(code_of(number).replace(" ", "-")) == digits_of(code_of(number))


@CALM
@given(st.text(max_size=60))
def test_what_is_typed_is_eight_digits_or_nothing(typed):
    assert len(digits_of(typed)) in (0, 8)


@CALM
@given(st.integers())
def test_only_the_lasting_times_of_the_list_are_taken(hours):
    if hours in (1, 4, 24, 72, 168, 336):
        assert timedelta(hours=1) <= check_lasting(hours) <= timedelta(days=14)
    else:
        with pytest.raises(Refused, match="Velg hvor lenge"):
            check_lasting(hours)


def test_consent_and_ground_must_agree():
    check_consent("samtykke", "yes", "")
    check_consent("avverging", "no", "Fare for liv")
    with pytest.raises(Refused, match="samtykker ikke"):
        check_consent("samtykke", "no", "fordi")
    with pytest.raises(Refused, match="uten samtykke"):
        check_consent("avverging", "not_asked", "")


def test_a_link_is_one_thing_at_a_time():
    at = now()
    given = {"expires": at + timedelta(hours=1), "opened": None, "revoked": None, "wrong": 0, "now": at}
    assert standing(**given) == "waiting"
    assert standing(**given | {"expires": at}) == "expired"
    assert standing(**given | {"wrong": 5}) == "dead"
    assert standing(**given | {"revoked": at}) == "revoked"
    assert standing(**given | {"opened": at}) == "opened"
    assert standing(**given | {"expires": None}) == ""


def test_a_link_is_made_sent_and_opened_once(gjovik):
    kari, case = client_for("kari"), way.case()
    made = kari.post(f"/saker/{case.id}/deling", typed())
    page = made.content.decode()
    assert made.status_code == 201
    row = Sharing.objects.get()
    secret = page.partition("/delt/")[2].partition("<")[0]
    code = page.partition('<p class="v-figure">')[2].partition("<")[0]
    assert len(secret) >= 32
    outside = anonymous("gjovik")
    asks = outside.get(f"/delt/{secret}")
    assert (asks.status_code, asks["Cache-Control"], asks["Referrer-Policy"]) == (200, "no-store", "no-referrer")
    assert TEXT not in asks.content.decode()
    answer = outside.post(f"/delt/{secret}", {"code": code})
    shown = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert TEXT in shown
    assert case.name not in shown
    assert str(case.id) not in shown
    assert "Anne Hansen" not in shown
    again = outside.post(f"/delt/{secret}", {"code": code})
    assert again.status_code == 410
    assert TEXT not in again.content.decode()
    assert "Den ble åpnet" in again.content.decode()
    row.refresh_from_db()
    assert row.opened_at is not None
    assert "Engangslenken ble åpnet" in kari.get(f"/saker/{case.id}").content.decode()
    assert way.logged("measures.sharing", "send", case.concern_id)
    assert way.logged("measures.sharing.opened", "view", case.concern_id)


def test_the_link_and_the_code_are_nowhere_in_the_database(gjovik):
    row, link = shared()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM measures_sharing t")
        stored = cursor.fetchone()[0]
    for said in (link.secret, link.code, digits_of(link.code), TEXT, "Anne"):
        assert said not in stored
        assert said.encode().hex() not in stored
    assert len(row.link_hash) == 64


@pytest.mark.parametrize("how", ["guessed", "wrong code", "expired", "revoked", "dead"])
def test_every_link_that_does_not_work_gets_the_same_answer(gjovik, how):
    row, link = shared(hours=1)
    if how == "expired":
        later(row)
    if how == "revoked":
        actions.revoke(sharing=row, by=as_person("kari"))
    if how == "dead":
        for _ in range(5):
            opened(link, wrong(link))
    answer = (
        anonymous("gjovik").post("/delt/nei", {"code": link.code})
        if how == "guessed"
        else opened(link, wrong(link) if how == "wrong code" else None)
    )
    plain = anonymous("gjovik").post(f"/delt/{'x' * 32}", {"code": "1234 5678"})
    assert (answer.status_code, answer.content) == (422, plain.content)
    assert NO in answer.content.decode()
    assert TEXT not in answer.content.decode()


def test_every_link_that_does_not_work_costs_the_same_questions(gjovik):
    _, wrongly = shared()
    old, expired = shared(hours=1)
    later(old)
    revoked, taken = shared()
    actions.revoke(sharing=revoked, by=as_person("kari"))
    client, asked = anonymous("gjovik"), {}
    for name, secret, code in (
        ("guessed", "x" * 32, "1234 5678"), ("wrong", wrongly.secret, wrong(wrongly)),
        ("expired", expired.secret, expired.code), ("revoked", taken.secret, taken.code),
    ):  # fmt: skip
        forget_keys()
        with CaptureQueriesContext(connection) as seen:
            client.post(f"/delt/{secret}", {"code": code})
        asked[name] = len(seen)
    assert len(set(asked.values())) == 1, asked


def later(row: Sharing) -> None:
    """The row as if it had been made long ago: laid anew, because what was decided is frozen."""
    row.refresh_from_db()
    stays = Sharing.objects.get(pk=row.pk)
    stays.pk, stays.expires_at = uuid.uuid4(), now() - timedelta(seconds=1)
    Sharing.objects.filter(pk=row.pk).update(revoked_at=now())
    assert stays.text == TEXT
    stays.link_hash, stays.code_hash = row.link_hash, row.code_hash
    stays.save(force_insert=True)


def test_five_wrong_codes_end_the_link_and_the_case_shows_them(gjovik):
    case = way.case()
    row, link = shared(case)
    for _ in range(4):
        assert opened(link, wrong(link)).status_code == 422
    row.refresh_from_db()
    assert row.wrong_tries == 4
    assert opened(link, "tull").status_code == 422
    assert opened(link).status_code == 422
    row.refresh_from_db()
    assert (row.wrong_tries, row.opened_at) == (5, None)
    page = client_for("kari").get(f"/saker/{case.id}/deling").content.decode()
    assert "Stengt etter fem feil koder" in page
    assert "Feil koder: 5 av 5" in page


def test_four_wrong_codes_do_not(gjovik):
    _, link = shared()
    for _ in range(4):
        opened(link, wrong(link))
    assert TEXT in opened(link).content.decode()


def test_a_link_is_revoked_on_the_page_but_not_when_it_was_read(gjovik):
    kari, case = client_for("kari"), way.case()
    row, link = shared(case)
    where = f"/saker/{case.id}/deling/{row.id}/trekk"
    assert kari.post(where).status_code == 303
    assert opened(link).status_code == 422
    assert kari.post(where).status_code == 422
    read, link = shared(case)
    opened(link)
    answer = kari.post(f"/saker/{case.id}/deling/{read.id}/trekk")
    assert answer.status_code == 422
    assert "Det som er lest, kan ikke trekkes tilbake." in answer.content.decode()
    assert kari.post(f"/saker/{case.id}/deling/{uuid.uuid4()}/trekk").status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ground": ""}, "Uten grunnlag kan ingenting deles."),
        ({"text": "  "}, "Skriv det som skal deles."),
        ({"recipient": ""}, "Fyll ut «Hvem får det?»."),
        ({"why": ""}, "Fyll ut «Hvorfor trenger de det?»."),
        ({"consent": "no"}, "personen samtykker ikke"),
        ({"ground": "avverging", "consent": "no"}, "Skriv hvorfor det deles uten samtykke."),
        ({"hours": "9000"}, "9000"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_goes_out(gjovik, changes, sentence):
    kari, case = client_for("kari"), way.case()
    answer = kari.post(f"/saker/{case.id}/deling", typed(**changes))
    assert (answer.status_code, Sharing.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("changes", [{"ground": ""}, {"text": ""}, {"consent": "no"}, {"hours": 9000}])
def test_the_action_refuses_what_the_form_would(gjovik, changes):
    with pytest.raises(Refused):
        shared(**changes)


def test_what_was_said_on_the_phone_is_logged_without_a_link(gjovik):
    kari, case = client_for("kari"), way.case()
    assert kari.post(f"/saker/{case.id}/deling", typed(way="phone")).status_code == 303
    row = Sharing.objects.get()
    assert (row.link_hash, row.expires_at) == ("", None)
    assert "Sagt på telefon" in kari.get(f"/saker/{case.id}").content.decode()


def test_the_page_outside_reads_nothing_but_the_one_row_it_opened(gjovik):
    case = way.case()
    shared(case)
    _, link = shared(case)
    reader = Reader.for_purpose("sharing", gjovik)
    with presented(reader):
        assert not Sharing.objects.exists()
        assert queries.tried(link.secret, wrong(link)).answer == "no"
        assert not Sharing.objects.exists()
        assert queries.tried(link.secret, link.code).answer == "open"
        assert [row.text for row in Sharing.objects.all()] == [TEXT]
        assert not any(model.objects.exists() for model in (Case, Concern, Note))


@pytest.mark.parametrize("purpose", ["intake", "receipt", "reminders", None])
def test_only_the_purpose_opens_a_link(gjovik, purpose):
    _, link = shared()
    by = Reader.for_purpose(purpose, gjovik) if purpose else as_person("tom")
    with presented(by):
        assert queries.tried(link.secret, link.code).answer == "no"
        assert not Sharing.objects.exists()


def test_what_was_shared_is_frozen(gjovik):
    shared()
    for change in (
        "text = ''",
        "expires_at = now() + interval '1 year'",
        "wrong_tries = 0, opened_at = now()",
        "ground = 'x'",
    ):
        with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE measures_sharing SET {change}")  # from the list above


def test_those_outside_see_no_sheet_and_make_no_link(gjovik):
    case = way.case()
    row, _ = shared(case)
    tom = client_for("tom")
    hidden, absent = tom.get(f"/saker/{case.id}/deling"), tom.get(f"/saker/{uuid.uuid4()}/deling")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert tom.post(f"/saker/{case.id}/deling", typed()).status_code == 404
    assert tom.post(f"/saker/{case.id}/deling/{row.id}/trekk").status_code == 404
    with presented(as_person("tom")):
        assert not Sharing.objects.exists()
        with pytest.raises(CannotOpen):
            forget_keys()
            keyring().of(case.concern_id)


def test_who_tries_many_links_must_wait(gjovik):
    client = anonymous("gjovik")
    answers = [client.post(f"/delt/{number}", {"code": "1"}).status_code for number in range(22)]
    assert answers[:20] == [422] * 20
    assert answers[-1] == 429
    assert anonymous("gjovik").post("/kvittering", {"code": "0000 0000 0000 0000"}).status_code == 422


def test_a_get_opens_nothing_and_counts_nothing(gjovik):
    row, link = shared()
    for _ in range(7):
        assert anonymous("gjovik").get(f"/delt/{link.secret}").status_code == 200
    row.refresh_from_db()
    assert (row.wrong_tries, row.opened_at) == (0, None)
    assert TEXT in opened(link).content.decode()


def test_before_there_is_a_case_it_is_shared_from_the_matter_and_follows_it(gjovik):
    kari, concern = client_for("kari"), way.opened()
    place = f"/innboks/{concern.pk}/deling"
    assert place in kari.get(f"/innboks/{concern.pk}").content.decode()
    refused = kari.post(place, typed(ground=""))
    assert (refused.status_code, TEXT in refused.content.decode(), Sharing.objects.count()) == (422, True, 0)
    made = kari.post(place, typed()).content.decode()
    secret = made.partition("/delt/")[2].partition("<")[0]
    code = made.partition('<p class="v-figure">')[2].partition("<")[0]
    assert TEXT in anonymous("gjovik").post(f"/delt/{secret}", {"code": code}).content.decode()
    assert way.logged("measures.sharing.opened", "view", concern.pk)
    assert kari.post(place, typed(recipient="Nav", way="phone")).status_code == 303
    assert "Delt med Nav" in kari.get(f"/innboks/{concern.pk}").content.decode()
    way.decided("case", concern=concern)
    case = Case.objects.get()
    assert kari.get(place)["Location"] == f"/saker/{case.id}/deling"
    sheet = kari.get(f"/saker/{case.id}/deling").content.decode()
    assert "Nav" in sheet
    assert "Anne Hansen" in sheet
    assert "Engangslenken ble åpnet" in kari.get(f"/saker/{case.id}").content.decode()


def test_a_link_from_before_a_case_is_taken_back_and_ends_with_the_matter(gjovik):
    kari, tom, concern = client_for("kari"), client_for("tom"), way.opened()
    place = f"/innboks/{concern.pk}/deling"
    first, second = (
        actions.share(concern=concern, decision=decision(), by=as_person("kari"))[0] for _ in range(2)
    )  # fmt: skip
    assert kari.post(f"{place}/{first.id}/trekk").status_code == 303
    assert kari.get(f"{place}/{first.id}/trekk").status_code == 405
    assert kari.post(f"{place}/{uuid.uuid4()}/trekk").status_code == 404
    assert tom.post(f"{place}/{second.id}/trekk").status_code == 303  # in the inbox it is the whole team's
    third = actions.share(concern=concern, decision=decision(), by=as_person("kari"))[0]
    way.decided("advice", concern=concern, step=None)
    assert all(row.revoked_at for row in Sharing.objects.all())
    assert Sharing.objects.get(pk=third.pk).revoked_by_name == "Kari Koordinator"
    with pytest.raises(Refused):
        actions.share(concern=concern, decision=decision(), by=as_person("kari"))
