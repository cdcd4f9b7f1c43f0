"""A system matter in the kommune: written about nobody, looked at twice, sent, answered and ended."""

import re
import uuid

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from shared.contracts import SystemMatter, SystemMatterAnswer
from shared.post.handlers import Envelope
from shared.post.models import SealedLetter
from tenants.raising import actions, handlers, kept, ledger, queries, sending, states, words_actions
from tenants.raising.actions import Told
from tenants.raising.models import Raised, RaisedDoubt, RaisedWord
from tenants.raising.register import looked
from tests.cast import as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import card_in, stored, text_of
from varde.access import Role
from varde.access.reader import Reader
from varde.clock import now
from varde.privacy.models import DataKey
from varde.refusal import Overtaken, Refused
from varde.tenancy.work import work

HOME = "/systemsaker"
PLAIN = {
    "title": "Ingen tolk etter klokken 16", "category": "other_services", "urgency": "next",
    "what": "Tolketjenesten svarer ikke om kvelden.", "tried": "Telefontolk", "wish": "En felles avtale",
}  # fmt: skip
NAMED = {"what": "Ola Nordmann fikk ikke tolk. Ring 91 23 45 67."}


def written(name: str = "kari", **changes: str) -> Raised:
    return actions.write(raised=None, told=Told(**PLAIN | changes), by=as_person(name))


def sent() -> Raised:
    return actions.send_in(raised=written(), reasons={}, by=as_person("kari"))


def answered(row: Raised, said: str = "decided", **changes: object) -> uuid.UUID:
    told: dict[str, object] = {"matter": row.id, "said": said, "at": now(), "text": "Vi lager en avtale"}
    envelope = Envelope(uuid.uuid4(), ref("gjovikregionen"), now())
    handlers.keep_answer(SystemMatterAnswer(**told | changes), envelope, Reader.for_purpose("post", ref("gjovik")))
    return envelope.id


def posted() -> int:
    return SealedLetter.objects.filter(kind="SystemMatter").count()


# --- what is found is asked about, never cut -----------------------------------------------------------------
def test_what_may_be_about_somebody_is_not_sent_before_the_writer_has_said_why_it_is_not(gjovik):
    kari = as_person("kari")
    row = written(**NAMED)
    for reasons in ({}, {"name": "Et oppdiktet navn"}, {"name": "x", "phone": "  "}):
        with pytest.raises(Refused, match="Se over det som er merket"):
            actions.send_in(raised=row, reasons=reasons, by=kari)
    assert posted() == 0
    actions.send_in(raised=row, reasons={"name": "Et oppdiktet navn", "phone": "Vakttelefonens nummer"}, by=kari)
    assert posted() == 1
    assert {(one.kind, one.count, one.reason) for one in RaisedDoubt.objects.all()} == {
        ("name", 1, "Et oppdiktet navn"),
        ("phone", 1, "Vakttelefonens nummer"),
    }
    assert Raised.objects.get().what == NAMED["what"]


def test_the_page_marks_it_in_its_place_asks_for_a_reason_and_keeps_what_was_typed(gjovik):
    kari = client_for("kari")
    made = kari.post(f"{HOME}/ny", PLAIN | NAMED | {"do": "se"})
    page = kari.get(made["Location"]).content.decode()
    assert "<mark>Ola Nordmann</mark>" in page
    assert "<mark>91 23 45 67</mark>" in page
    seen, shown = (re.search(rf'name="{name}" value="(\w+)"', page)[1] for name in ("seen", "shown"))
    bare = {"seen": seen, "shown": shown, "why_name": "Oppdiktet"}
    refused = kari.post(made["Location"], bare)
    assert refused.status_code == 422
    assert 'value="Oppdiktet"' in refused.content.decode()
    assert "Skriv hvorfor dette ikke er personopplysninger." in refused.content.decode()
    assert posted() == 0
    answer = kari.post(made["Location"], bare | {"why_phone": "Et offentlig nummer"})
    assert answer.status_code == 303
    assert posted() == 1


def test_another_finding_asks_anew_also_when_the_old_one_was_answered(gjovik):
    kari = client_for("kari")
    row = sent()
    here = f"{HOME}/{row.pk}/skriv"
    first = kari.post(here, {"text": "Kari Nordmann spør"})
    shown = re.search(r'name="shown" value="(\w+)"', first.content.decode())[1]
    assert first.status_code == 422
    other = kari.post(here, {"text": "Per Hansen spør", "shown": shown, "why_name": "Oppdiktet"})
    assert other.status_code == 422
    assert "<mark>Per Hansen</mark>" in other.content.decode()
    assert not RaisedWord.objects.exists()


def test_a_name_in_the_register_is_found_for_those_who_see_the_matter_and_for_no_others(gjovik):
    concern = way.case().concern
    card_in(concern, name="Solvår Tindeland")
    texts = {"Hva": "Det var Solvår som ikke fikk tolk."}
    with seen_as("kari") as kari:
        assert names_found(texts, kari) == ["Solvår"]
    with seen_as("tove") as tove:
        assert names_found(texts, tove) == []


def names_found(texts: dict[str, str], by: Reader) -> list[str]:
    return looked(texts, by).words_of("register")


# --- a second pair of eyes ------------------------------------------------------------------------------------
def test_what_a_team_member_writes_waits_for_the_coordinator(gjovik):
    tom, kari = client_for("tom"), client_for("kari")
    row = actions.send_in(raised=written("tom"), reasons={}, by=as_person("tom"))
    assert (row.state, posted()) == (states.WAITING, 0)
    assert "Systemsak som venter på deg" in text_of(kari, "/start")
    assert tom.post(f"{HOME}/{row.pk}/send", {"seen": row.version}).status_code == 303
    assert posted() == 0
    page = text_of(kari, f"{HOME}/{row.pk}/send")
    assert "Godkjenn og send" in page
    assert kari.post(f"{HOME}/{row.pk}/send", {"seen": row.version}).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.approved_by_name, posted()) == (states.SENT, "Kari Koordinator", 1)


def test_the_coordinator_says_what_must_be_changed_and_the_writer_changes_it(gjovik):
    tom, kari = client_for("tom"), client_for("kari")
    row = actions.send_in(raised=written("tom"), reasons={}, by=as_person("tom"))
    assert kari.post(f"{HOME}/{row.pk}/endre", {"text": ""}).status_code == 422
    assert kari.post(f"{HOME}/{row.pk}/endre", {"text": "Ta ut stedet"}).status_code == 303
    assert "Systemsak som må endres" in text_of(tom, "/start")
    assert "Ta ut stedet" in text_of(tom, f"{HOME}/{row.pk}")
    assert tom.post(f"{HOME}/{row.pk}/rediger", PLAIN | {"title": "Tolk", "do": "utkast"}).status_code == 303
    assert Raised.objects.get().title == "Tolk"


def test_a_setting_lets_the_team_send_by_itself(gjovik):
    arne = client_for("arne")
    assert arne.post(f"{HOME}/oppsett", {"keep_years": "5", "seen": ""}).status_code == 303
    assert arne.post(f"{HOME}/oppsett", {"approve_first": "on", "seen": ""}).status_code == 422
    row = actions.send_in(raised=written("tom"), reasons={}, by=as_person("tom"))
    assert (row.state, posted()) == (states.SENT, 1)
    assert way.logged("raising.setting", "change")


def test_a_draft_is_seen_by_its_writer_alone(gjovik):
    row = written("tom")
    kari, tom = client_for("kari"), client_for("tom")
    assert kari.get(f"{HOME}/{row.pk}").status_code == 404
    assert PLAIN["title"] not in text_of(kari, HOME)
    assert PLAIN["title"] in text_of(tom, HOME)
    with seen_as("kari"):
        assert not Raised.objects.exists()
    assert PLAIN["what"] not in stored("raising_raised")


def test_the_second_of_two_is_told(gjovik):
    row = written()
    actions.write(raised=row, told=Told(**PLAIN | {"title": "Ny"}), by=as_person("kari"), seen="1")
    with pytest.raises(Overtaken):
        actions.write(raised=row, told=Told(**PLAIN), by=as_person("kari"), seen="1")
    with pytest.raises(Overtaken):
        actions.send_in(raised=row, reasons={}, by=as_person("kari"), seen="1")


# --- what comes back ------------------------------------------------------------------------------------------
def test_an_answer_stands_on_the_page_once_and_is_read_by_a_press(gjovik):
    kari, row = client_for("kari"), sent()
    answered(row, "taken_in", text="")
    assert Raised.objects.get().state == states.TAKEN_IN
    letter = answered(row, decision="sak 4/27", measures=("Lage turnus",), meeting="Møtet i januar")
    row.refresh_from_db()
    assert row.state == states.DECIDED
    page = text_of(kari, f"{HOME}/{row.pk}")
    assert all(said in page for said in ("Vi lager en avtale", "sak 4/27", "Lage turnus", "Møtet i januar", "Avgjort"))
    assert "Svar fra lederteamet" in text_of(kari, "/start")
    by = Reader.for_purpose("ledger", ref("gjovik"))
    assert ledger.held(by, [letter]).kept == [letter]
    assert not ledger.held(by, [letter]).opened
    assert kari.post(f"{HOME}/{row.pk}/lest").status_code == 303
    assert ledger.held(by, [letter]).opened == {letter}
    assert "Svar fra lederteamet" not in text_of(kari, "/start")
    assert ledger.laid(by)[row.letter_id].heard


def test_the_same_letter_twice_is_one_answer_and_a_strangers_is_none(gjovik):
    row = sent()
    told = SystemMatterAnswer(matter=row.id, said="question", text="Hvor ofte?", at=now())
    by, envelope = Reader.for_purpose("post", ref("gjovik")), Envelope(uuid.uuid4(), ref("gjovikregionen"), now())
    handlers.keep_answer(told, envelope, by)
    handlers.keep_answer(told, envelope, by)
    assert RaisedWord.objects.count() == 1
    assert Raised.objects.get().state == states.SENT
    with pytest.raises(handlers.NotOurs):
        handlers.keep_answer(told, Envelope(uuid.uuid4(), ref("naboregionen"), now()), by)


def test_what_was_sent_back_can_be_changed_and_sent_again(gjovik):
    row = sent()
    answered(row, "sent_back", text="")
    assert "inneholder personopplysninger" in text_of(client_for("kari"), f"{HOME}/{row.pk}")
    changed = actions.write(raised=row, told=Told(**PLAIN | {"title": "Tolk"}), by=as_person("kari"))
    again = actions.send_in(raised=changed, reasons={}, by=as_person("kari"))
    assert (again.state, posted()) == (states.SENT, 2)


def test_a_team_members_word_waits_and_is_sent_or_not(gjovik):
    tom, kari, row = client_for("tom"), client_for("kari"), sent()
    here = f"{HOME}/{row.pk}"
    for text in ("Det haster mer nå", "Det haster ikke"):
        assert tom.post(f"{here}/skriv", {"text": text}).status_code == 303
    assert posted() == 1
    first, second = RaisedWord.objects.order_by("at")
    assert tom.post(f"{here}/ord/{first.pk}", {"do": "send"}).status_code == 303
    assert posted() == 1
    assert kari.post(f"{here}/ord/{first.pk}", {"do": "send"}).status_code == 303
    assert kari.post(f"{here}/ord/{second.pk}", {"do": "ikke"}).status_code == 303
    assert posted() == 2
    assert "Ikke sendt" in text_of(tom, here)
    assert kari.post(f"{here}/ord/{second.pk}", {"do": "send"}).status_code == 404


def test_the_coordinators_own_screening_runs_before_a_word_is_sent(gjovik):
    card_in(way.case().concern, name="Solvår Tindeland")
    tom, kari, row = client_for("tom"), client_for("kari"), sent()
    assert (
        tom.post(f"{HOME}/{row.pk}/skriv", {"text": "Tindeland fikk ikke tolk, det er 2 uker siden."}).status_code
        == 303
    )
    here = f"{HOME}/{row.pk}/ord/{RaisedWord.objects.get().pk}"
    with pytest.raises(Refused, match="navn i registeret"):
        words_actions.approve_word(word=RaisedWord.objects.get(), reasons={}, by=as_person("kari"))
    page = kari.get(here).content.decode()
    assert "<mark>Tindeland</mark>" in page
    shown = {"do": "send", "shown": re.findall(r'name="shown" value="(\w+)"', page)[0]}
    assert kari.post(here, shown).status_code == 422
    assert posted() == 1
    assert kari.post(here, shown | {"why_register": "Stedet Tindeland"}).status_code == 303
    assert posted() == 2
    assert RaisedDoubt.objects.get().reason == "Stedet Tindeland"


def test_the_coordinator_sees_what_the_writer_answered_for(gjovik):
    tom, kari, row = client_for("tom"), client_for("kari"), sent()
    told = {"text": "Ring 91 23 45 67 om tolk."}
    first = tom.post(f"{HOME}/{row.pk}/skriv", told).content.decode()
    told |= {"shown": re.findall(r'name="shown" value="(\w+)"', first)[0], "why_phone": "Sentralbordet"}
    assert tom.post(f"{HOME}/{row.pk}/skriv", told).status_code == 303
    page = kari.get(f"{HOME}/{row.pk}/ord/{RaisedWord.objects.get().pk}").content.decode()
    assert "<mark>91 23 45 67</mark>" in page
    assert "Sentralbordet" in page


def test_what_a_leader_writes_is_looked_at_by_the_coordinator_too(gjovik):
    assert queries.must_be_approved(Reader(ref("gjovik"), uuid.uuid4(), "L", frozenset({Role.LEADER})))


def test_the_kommune_ends_it_and_a_late_answer_opens_nothing(gjovik):
    row = sent()
    words_actions.say(raised=row, text="Det løste seg", reasons={}, by=as_person("kari"), closes=True)
    row.refresh_from_db()
    assert (row.state, posted()) == (states.CLOSED, 2)
    answered(row)
    assert Raised.objects.get().state == states.CLOSED
    with pytest.raises(Refused, match="ikke hos lederteamet"):
        words_actions.say(raised=row, text="Mer", reasons={}, by=as_person("kari"))


def test_a_kommune_that_has_left_ends_its_matters_and_says_no_more(gjovik, monkeypatch):
    row = sent()
    monkeypatch.setattr(sending, "region_of", lambda office: None)
    with pytest.raises(Refused, match="ikke lenger med i Gjøvikregionen"):
        words_actions.say(raised=row, text="Mer", reasons={}, by=as_person("kari"))
    with pytest.raises(Refused, match="ikke med i et samarbeid"):
        actions.send_in(raised=written(), reasons={}, by=as_person("kari"))
    answered(row, "question", text="Hvor ofte?")
    words_actions.say(raised=row, text="Vi har sluttet", reasons={}, by=as_person("kari"), closes=True)
    assert (Raised.objects.get(pk=row.pk).state, posted()) == (states.CLOSED, 1)


# --- rights and the end ---------------------------------------------------------------------------------------
def test_whoever_is_outside_of_the_team_comes_nowhere(gjovik):
    row, contact = sent(), client_for("arne", Role.CONTACT)
    assert contact.get(HOME).status_code == 403
    assert client_for("arne").get(f"{HOME}/{row.pk}").status_code == 403
    with seen_as("arne"):
        assert not Raised.objects.exists()


def test_nobody_lays_an_answer_of_the_leader_team_by_hand(gjovik):
    row = sent()
    with seen_as("kari") as kari:
        word = RaisedWord(raised_id=row.id, way="in", said="decided", at=now(), made_by=kari.user_id)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            word.save(force_insert=True)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Raised(
                made_at=now(), changed_at=now(), made_by=kari.user_id, made_by_name="K", state="sent", category="law",
                urgency="next", title="", what="",
            ).save(force_insert=True)  # fmt: skip


def test_a_draft_that_is_deleted_is_gone_with_its_key(house):
    tom = client_for("tom")
    assert tom.post(f"{HOME}/ny", PLAIN | {"do": "utkast"}).status_code == 303
    with work(ref("gjovik"), "keys"):
        row = Raised.objects.get()
    assert tom.post(f"{HOME}/{row.pk}/slett")["Location"] == HOME
    assert PLAIN["title"] not in text_of(tom, HOME)
    assert kept.run(ref("gjovik")).gone == 1
    with work(ref("gjovik"), "keys"):
        assert not Raised.objects.exists()
        assert DataKey.objects.get(id=row.pk).destroyed_at is not None


def test_nothing_is_deleted_before_the_kommune_has_decided_how_long_it_is_kept(gjovik):
    row = sent()
    answered(row)
    Raised.objects.filter(pk=row.pk).update(over_at=way.in_hours(-24 * 366 * 6))
    assert not kept._due().exists()
    actions.set_up(approve_first=True, keep_years=7, by=as_person("kari"))
    assert not kept._due().exists()
    actions.set_up(approve_first=True, keep_years=5, by=as_person("kari"))
    assert list(kept._due()) == [row]
    assert queries.setting().keep_years == 5


@pytest.mark.parametrize("before", ["sent", "decided", "closed"])
def test_what_tells_of_somebody_after_all_is_taken_back_by_anybody_in_the_team_at_once(gjovik, before):
    row, kari = sent(), as_person("kari")
    if before == "decided":
        answered(row)
    if before == "closed":
        words_actions.say(raised=row, text="Løst her.", reasons={}, by=kari, closes=True)
    tom, letters = client_for("tom"), posted()
    assert "Trekk systemsaken" in text_of(tom, f"{HOME}/{row.pk}")
    assert tom.post(f"{HOME}/{row.pk}/trekk").status_code == 303
    assert posted() == letters + 1
    row.refresh_from_db()
    assert (row.state, queries.words(row)[-1].said) == (states.CLOSED, "withdrawn")
    assert "Trekk systemsaken" not in text_of(tom, f"{HOME}/{row.pk}")


def test_what_is_taken_back_is_not_said_again_in_the_letter():
    with pytest.raises(ValueError, match="gjentas ikke"):
        SystemMatter(matter=uuid.uuid4(), said="withdrawn", text="Ola", doubts={}, sent_at=now())


def test_a_kommune_that_has_left_is_told_whom_to_ring(gjovik, monkeypatch):
    row = sent()
    monkeypatch.setattr(sending, "region_of", lambda office: None)
    with pytest.raises(Refused, match="Ring sekretæren"):
        words_actions.withdraw(raised=row, by=as_person("kari"))
    row.refresh_from_db()
    assert row.state == states.SENT
