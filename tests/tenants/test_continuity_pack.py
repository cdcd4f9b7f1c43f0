"""The pack of each morning: one per person, with what that person sees; locked; late packs are told of."""

import re
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tenants.cases import glass
from tenants.cases.actions import add_member, remove_member
from tenants.cases.models import GlassRequest
from tenants.continuity import queries, tasks
from tenants.continuity.gathered import pack_of
from tenants.continuity.models import Holder, Passphrase
from tenants.continuity.pack import HOW, NOTHING
from tenants.inbox import shutting
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tenants.persons.spoken_actions import Told, plan_contact, warn, write_voice
from tenants.persons.voice import Contact, Said
from tenants.team.partners_models import Partner
from tests.cast import as_person, ref, seen_as
from tests.client import client_for, confirm
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.people import ADDRESS, PHONE, card_in, stored, text_of
from tests.tenants.test_hidden import deny
from tests.tenants.test_inbox_callbacks import laid
from varde.audit.models import Entry
from varde.clock import now
from varde.ui.dates import day_of

SHOWN = re.compile(r"<code>([^<]+)</code>")


def armed(name: str) -> str:
    """The person makes a passphrase, copies it from the page and types it back; returns it."""
    client = client_for(name)
    shown = client.post("/beredskap/passordfrase").content.decode()
    (secret,) = SHOWN.findall(shown)
    assert client.post("/beredskap/bekreft", {"passphrase": secret.lower()}).status_code == 422
    assert client.post("/beredskap/bekreft", {"passphrase": f" {secret.replace('-', '')} "}).status_code == 303
    return secret


def opened(content: bytes, secret: str | None) -> str:
    """The text of a locked PDF; PdfiumError with another passphrase."""
    document = pypdfium2.PdfDocument(content, password=secret)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))


def fetched(name: str) -> bytes:
    """The pack as the person fetches it."""
    client = client_for(name)
    with seen_as(name):
        answer = client.get("/beredskap/pakke")
        assert answer.status_code == 200, answer.status_code
        return b"".join(answer.streaming_content)


def full_case():
    """An urgent case with everything that a pack tells."""
    case, kari = way.case(), as_person("kari")
    person = card_in(case.concern, phone=PHONE, address=ADDRESS, protection="strict")
    card_in(case.concern, "reporter", name="Mona Melder", phone="40 50 60 70")
    warn(concern=case.concern, told=Told("dog", "Løs schæfer", way.in_hours(48).date(), person), by=kari)
    said = Said("own", "Vil bo hos søsteren", safe_contact="SMS før kl. 14", not_on_voicemail="Hvem som ringer")
    write_voice(concern=case.concern, person=None, stage="start", said=said, by=kari)
    plan_contact(concern=case.concern, contact=Contact("Fru Hansen", "På biblioteket", "Alene", "Igjen"), by=kari)
    way.measure(case)
    laid(case.concern)
    return case


def test_the_pack_opens_with_the_passphrase_alone_and_holds_what_is_needed(gjovik):
    case = full_case()
    way.case(category="bor", step=way.step())
    Partner(kind="krisesenter", name="Krisesenteret", phone="61 00 00 00", secrecy="fvl_13", reviewed_on=day_of(now()),
            changed_at=now()).save(force_insert=True)  # fmt: skip
    secret = armed("kari")
    content = fetched("kari")
    assert content.startswith(b"%PDF-2.0")
    for wrong in (None, "", secret.lower(), secret[:-1]):
        with pytest.raises(pypdfium2.PdfiumError):
            opened(content, wrong)
    for word in (b"Gj\xc3\xb8vik", b"Ola", b"beredskap", case.name.encode(), "Beredskapspakke".encode("utf-16-be")):
        assert word not in content
    text = opened(content, secret)
    assert opened(content, secret.replace("-", "")) == text
    for said in (
        case.name, "Ring den utsatte på trygt tidspunkt", "Kari Koordinator", "Ola Utsatt", "Adressen er skjermet",
        "Løs schæfer", "SMS før kl. 14", "Hvem som ringer", "På biblioteket", "Hjemmetjenesten ser innom", "Fru Berg",
        "Krisesenteret", "112", "116 117", "Ny bekymring", "Side 1 av", "Gjelder til neste pakke",
    ):  # fmt: skip
        assert said in text, said
    assert HOW[0] in text
    for hidden in ("Storgata", "Mona Melder", "40 50 60 70"):
        assert hidden not in text
    assert text.count("Sak 2026-") == 1
    assert way.logged("continuity.pack", "export", case.concern_id)


def test_each_has_only_what_they_see_and_a_covered_matter_is_with_its_two(gjovik):
    way.deputy("tom"), way.deputy("tove")
    secrets = {name: armed(name) for name in ("kari", "tom", "tove")}
    mine, his = way.case(), way.case(by="tom")
    covered = way.received(about_staff="staff")
    with seen_as("kari") as kari:
        covered = open_concern(concern=covered, by=kari)
    way.decided("more_info", concern=covered, category="akutt")
    deny(his.concern, "tove")
    texts = {name: matters_in(opened(fetched(name), secret)) for name, secret in secrets.items()}
    names = {"mine": mine.name, "his": his.name, "covered": "Bekymring"}
    seen = {who: {key for key, name in names.items() if name in text} for who, text in texts.items()}
    assert seen == {"kari": {"mine", "his", "covered"}, "tom": {"his"}, "tove": set()}
    assert NOTHING in texts["tove"]


def matters_in(text: str) -> str:
    """The part of a pack between its heading of matters and the team."""
    return text.split("Sakene, den med kortest frist først")[1].split("Navn Tjeneste")[0]


def test_a_new_passphrase_is_in_use_when_it_has_been_typed_back_and_not_before(gjovik):
    way.case()
    old, kari = armed("kari"), client_for("kari")
    (new,) = SHOWN.findall(kari.post("/beredskap/passordfrase").content.decode())
    opened(fetched("kari"), old)
    wrong = kari.post("/beredskap/bekreft", {"passphrase": new[:-1]})
    assert (wrong.status_code, "Det er ikke den samme" in wrong.content.decode()) == (422, True)
    assert kari.post("/beredskap/bekreft", {"passphrase": new}).status_code == 303
    content = fetched("kari")
    opened(content, new)
    with pytest.raises(pypdfium2.PdfiumError):
        opened(content, old)
    assert "venter på å bli bekreftet" in kari.post("/beredskap/bekreft", {"passphrase": new}).content.decode()
    assert new not in text_of(kari, "/beredskap")
    confirm(kari, minutes_ago=10)
    assert kari.get("/beredskap/pakke").status_code == 302
    assert kari.post("/beredskap/passordfrase").status_code == 302


def test_a_passphrase_is_there_for_its_person_alone_and_no_copy_of_the_table_tells_it(gjovik):
    secret = armed("kari")
    way.deputy("tom")
    for name, there in (("kari", 1), ("tom", 0), ("arne", 0)):
        with seen_as(name):
            assert Passphrase.objects.count() == there
    copy = stored("continuity_passphrase", "continuity_holder")
    assert secret not in copy
    assert secret.encode().hex() not in copy
    tove = client_for("tove")
    assert "koordinatoren og den som er satt opp som stedfortreder" in text_of(tove, "/beredskap")
    for address in ("passordfrase", "bekreft", "stans"):
        assert tove.post(f"/beredskap/{address}", {"passphrase": secret}).status_code == 403
    assert tove.get("/beredskap/pakke")["Location"] == "/beredskap"
    assert client_for("arne").get("/beredskap").status_code == 403


# --- each morning ------------------------------------------------------------------------------------------------


@pytest.fixture
def outside(tmp_path, settings, monkeypatch):
    """A folder outside; the hour has passed; packs are asked for by hand."""
    settings.PACKS_DIR = str(tmp_path)
    rung: list[tuple[str, ...]] = []
    monkeypatch.setattr(tasks.make.__class__, "ring", lambda self, ref, *args, wait=0: rung.append(args))
    return tmp_path, rung


def morning(rung) -> list[str]:
    """One round of the clock and what it asked for; returns who was mailed."""
    before = len(mail.outbox)
    rung.clear()
    tasks.morning.run(ref("gjovik"))
    for args in list(rung):
        tasks.make.run(ref("gjovik"), *args)
    return [to for message in mail.outbox[before:] for to in message.to]


def since_long(*names: str) -> dict[str, str]:
    """These have had a passphrase for long; returns it."""
    found = {name: armed(name) for name in names}
    Holder.objects.update(since=way.in_hours(-100))
    return found


def test_each_morning_a_pack_is_put_outside_once_and_the_mail_says_the_same_every_day(gjovik, outside):
    folder, rung = outside
    way.deputy("tom")
    case, secrets = full_case(), since_long("kari", "tom")
    assert sorted(morning(rung)) == ["kari@gjovik.example", "tom@gjovik.example"]
    assert len({(message.subject, message.body) for message in mail.outbox[-2:]}) == 1
    assert "Sak" not in mail.outbox[-1].body
    assert morning(rung) == []
    files = {file.parent.name: file for file in Path(folder).rglob("*.pdf")}
    assert {file.parent.parent.name for file in files.values()} == {"gjovik"}
    for name, there in (("kari", True), ("tom", False)):
        holder = Holder.objects.get(user=way.person(name))
        assert (case.name in opened(files[holder.id.hex[:8]].read_bytes(), secrets[name])) is there
    assert way.logged("continuity.pack", "export", case.concern_id)
    row = Entry.objects.filter(what="continuity.pack").latest("at")
    assert (row.user_id, row.role) == (None, "continuity")


def test_what_is_old_goes_and_so_does_everything_of_one_who_has_no_pack_any_more(gjovik, outside):
    folder, rung = outside
    since_long("kari")
    morning(rung)
    (made,) = Path(folder).rglob("*.pdf")
    old = made.with_name(f"beredskap-{(now() - timedelta(days=8)).date().isoformat()}.pdf")
    young = made.with_name(f"beredskap-{(now() - timedelta(days=3)).date().isoformat()}.pdf")
    old.write_bytes(b"x"), young.write_bytes(b"x")
    morning(rung)
    assert (old.exists(), young.exists(), made.exists()) == (False, True, True)
    arne, holder = client_for("arne"), Holder.objects.get()
    assert arne.post(f"/team/beredskap/{holder.id}/stans").status_code == 303
    assert arne.post(f"/team/beredskap/{holder.id}/stans").status_code == 404
    morning(rung)
    assert list(Path(folder).rglob("*.pdf")) == []
    assert client_for("kari").get("/beredskap/pakke")["Location"] == "/beredskap"


def own_folder(folder, name: str) -> Path:
    """Where the packs of one of the cast lie."""
    return Path(folder) / "gjovik" / Holder.objects.get(user=way.person(name)).id.hex[:8]


def test_who_is_shut_out_gets_a_new_pack_at_once_and_no_page_tells_it(
    gjovik, outside, django_capture_on_commit_callbacks
):
    folder, rung = outside
    way.deputy("tom")
    case, secrets = way.case(by="tom"), since_long("kari", "tom")
    morning(rung)
    holder, own = Holder.objects.get(user=way.person("tom")), own_folder(folder, "tom")
    (own / "beredskap-2020-01-01.pdf").write_bytes(b"x")
    rung.clear()
    with django_capture_on_commit_callbacks(execute=True), seen_as("kari") as kari:
        shutting.deny(concern=case.concern, user=way.person("tom"), kind="suspected", by=kari)
    assert rung == [(str(holder.id),)]
    told = len(mail.outbox)
    tasks.make.run(ref("gjovik"), *rung[0])
    (file,) = own.glob("*.pdf")
    assert case.name not in opened(file.read_bytes(), secrets["tom"])
    assert (len(mail.outbox), Holder.objects.get(pk=holder.pk).made_at) == (told, holder.made_at)
    tasks.make.run(ref("gjovik"), *rung[0])
    assert morning(rung) == rung == []


def test_a_ring_that_nobody_hears_is_made_good_and_a_pack_drawn_before_is_not_put(gjovik, outside, monkeypatch):
    folder, rung = outside
    way.deputy("tom")
    case, other, secrets = way.case(by="tom"), way.case(by="tom"), since_long("tom")
    morning(rung)
    own, draw = own_folder(folder, "tom"), tasks.made_for
    old = own / f"beredskap-{(now() - timedelta(days=3)).date().isoformat()}.pdf"
    old.write_bytes(b"x")
    deny(case.concern, "tom")
    with monkeypatch.context() as stuck:
        stuck.setattr(tasks.outside.shutil, "rmtree", lambda *args, **kwargs: (_ for _ in ()).throw(OSError("stuck")))
        with pytest.raises(OSError, match="stuck"), transaction.atomic():
            morning(rung)

    def drawn(*args):
        made = draw(*args)
        deny(other.concern, "tom")
        return made

    with monkeypatch.context() as slow:
        slow.setattr(tasks, "made_for", drawn)
        assert morning(rung) == []
        assert list(Path(folder).rglob("*.pdf")) == []
    assert morning(rung) == []
    (file,) = own.glob("*.pdf")
    text = opened(file.read_bytes(), secrets["tom"])
    assert not {case.name, other.name} & set(re.findall(r"Sak \S+", text))
    assert NOTHING in text


def test_what_break_glass_lends_is_in_no_pack_and_who_is_taken_off_a_case_gets_a_new_one(gjovik, outside):
    _, rung = outside
    way.person("kari"), way.deputy("tom")
    lent, case, secret = full_case(), way.case(), since_long("tom")["tom"]
    add_member(case=case, user=way.person("tom"), by=as_person("kari"))
    card_in(case.concern, phone=PHONE)
    with seen_as("tom") as tom:
        asked = glass.ask(typed=lent.name, approver=way.person("kari"), reason="Fare i natt", hours=1, by=tom)
    with seen_as("kari") as kari:
        glass.answer(request=GlassRequest.objects.get(pk=asked.pk), yes=True, by=kari)
    with seen_as("tom"):
        assert Concern.objects.filter(pk=lent.concern_id).exists()
    text = opened(fetched("tom"), secret)
    assert (case.name in text, lent.name in text, "schæfer" in text) == (True, False, False)
    morning(rung)
    assert morning(rung) == rung == []
    remove_member(case=case, user=way.person("tom"), by=as_person("kari"))
    assert morning(rung) == []
    assert rung == [(str(Holder.objects.get().id),)]


def test_a_morning_that_failed_is_told_of_on_the_start_page(gjovik, outside, monkeypatch):
    _, rung = outside
    kari, arne = client_for("kari"), client_for("arne")
    assert "Du har ingen beredskapspakke" in text_of(kari, "/start")
    since_long("kari")
    for client, said in ((kari, "beredskapspakke ble ikke laget"), (arne, "Noen mangler morgenens beredskapspakke")):
        assert said in text_of(client, "/start")
    with monkeypatch.context() as broken:
        broken.setattr(tasks.outside, "put", lambda *args: (_ for _ in ()).throw(OSError("full disk")))
        with pytest.raises(OSError, match="full disk"), transaction.atomic():
            morning(rung)
    assert "Morgenens pakke ble ikke laget" in text_of(kari, "/beredskap")
    assert "Morgenens pakke mangler" in text_of(arne, "/team/beredskap")
    morning(rung)
    for client in (kari, arne):
        assert "beredskapspakke" not in text_of(client, "/start").split("<main")[1].split("v-grid")[0]


def test_two_who_set_the_rule_at_once_and_the_second_is_told(gjovik):
    arne = client_for("arne")
    assert arne.post("/team/beredskap", {"active": "on", "hour": "7", "keep_days": "3", "seen": ""}).status_code == 303
    second = arne.post("/team/beredskap", {"active": "on", "hour": "9", "keep_days": "2", "seen": ""})
    page = second.content.decode()
    assert second.status_code == 422
    assert '<option value="9" selected' in page
    assert "kl. 07.00" in page
    assert (queries.rule().hour, queries.rule().keep_days) == (7, 3)
    refused = arne.post("/team/beredskap", {"active": "on", "hour": "23", "keep_days": "3"})
    assert refused.status_code == 422


def test_more_matters_take_as_many_questions(gjovik):
    way.person("kari")

    def asked() -> int:
        forget_keys()
        with CaptureQueriesContext(connection) as found:
            pack, matters = pack_of(as_person("kari"), now())
        assert len(pack.matters) == len(matters)
        return len(found)

    full_case(), full_case()
    few = asked()
    for _ in range(3):
        full_case()
    assert asked() == few
