"""Receiving: one client key is one concern, the receipt is the concern's own, a letter becomes one concern."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from shared.contracts import ConcernHandover, Opened
from shared.post import handlers, queries
from shared.post.actions import open_mail, send
from tenants.inbox import receipts, tasks
from tenants.inbox.actions import (
    KeyUsed,
    message_reporter,
    move,
    open_concern,
    receive,
    register,
)
from tenants.inbox.models import ClientKey, Concern, ReporterMessage
from tenants.inbox.states import WrongMove
from tenants.inbox.told import Told, leader_chain
from tests.cast import TEST, as_person, ref
from varde.access import Reader, Role
from varde.audit.models import Entry
from varde.audit.trail import Trail, current
from varde.tenancy.door import office
from varde.tenancy.work import work

KEY = "k" * 32
WORDS = Told(reporter_kind="privat", what="Jeg hører skrik om natten.", occurred_on=date(2026, 1, 7))


def intake(slug="gjovik"):
    return Reader.for_purpose("intake", ref(slug))


def take(**kwargs):
    return receive(**({"told": WORDS, "channel": "web", "by": intake()} | kwargs))


def taken(**kwargs):
    return Concern.objects.get(id=take(**kwargs).concern_id)


def logged(what):
    current().flush()
    return list(Entry.objects.filter(what=what))


def test_the_told_words_are_stored_as_told_and_logged(gjovik):
    got = take()
    stored = Concern.objects.get(id=got.concern_id)
    assert (stored.what, stored.occurred_on, stored.progress) == (WORDS.what, WORDS.occurred_on, "received")
    assert [entry.object_id for entry in logged("inbox.concern")] == [str(stored.id)]


def test_the_receipt_is_sixteen_digits_and_not_in_the_database(gjovik):
    got = take()
    digits = receipts.digits_of(got.receipt)
    assert digits
    assert receipts.spaced(digits) == got.receipt
    stored = Concern.objects.filter(id=got.concern_id).values_list("receipt_hash", "reference", "progress").get()
    assert not any(digits in str(value) for value in stored)


def test_the_same_key_and_words_give_the_same_concern(gjovik):
    first, second = take(client_key=KEY), take(client_key=KEY)
    assert (first.receipt, first.concern_id) == (second.receipt, second.concern_id)
    assert Concern.objects.count() == 1
    assert KEY not in str(ClientKey.objects.values().get())


def test_the_same_key_with_other_words_is_refused(gjovik):
    take(client_key=KEY)
    with pytest.raises(KeyUsed):
        take(client_key=KEY, told=Told(reporter_kind="privat", what="Noe annet"))
    assert Concern.objects.count() == 1


def test_without_a_key_every_time_is_a_new_concern(gjovik):
    assert take().receipt != take().receipt
    assert Concern.objects.count() == 2


def test_a_key_is_forgotten_after_thirty_days(gjovik):
    first = take(client_key=KEY)
    ClientKey.objects.update(used_at=datetime.now(UTC) - timedelta(days=31))
    second = take(client_key=KEY)
    assert first.receipt != second.receipt
    assert ClientKey.objects.count() == 1


def test_the_nightly_task_forgets_only_old_keys(house):
    for key, days in (("a" * 20, 31), ("b" * 20, 29)):
        with work(ref("gjovik"), TEST) as by:
            got = take(by=by, client_key=key)
            ClientKey.objects.filter(concern_id=got.concern_id).update(used_at=datetime.now(UTC) - timedelta(days=days))
    with office(ref("gjovik")):
        tasks.forget_keys.run(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        assert ClientKey.objects.get().concern_id == got.concern_id


def test_two_kommuner_give_different_receipts_for_the_same_id(house):
    one = uuid.uuid4()
    assert receipts.receipt_for(ref("gjovik"), one) != receipts.receipt_for(ref("nabo"), one)


def test_the_receipt_key_lies_in_a_closed_file_and_is_never_replaced(house):
    path = receipts._path(ref("gjovik").id)
    before = path.read_bytes()
    receipts.give_key(ref("gjovik"))
    assert (path.read_bytes(), len(before), path.stat().st_mode & 0o777) == (before, 32, 0o600)
    assert [name.name for name in path.parent.iterdir() if name.name.startswith(".")] == []


def test_a_region_gets_no_receipt_key(house):
    assert not receipts._path(ref("gjovikregionen").id).exists()


def handover(**kwargs):
    given = {"reference": "V-12", "taken_at": datetime.now(UTC), "reporter_kind": "privat", "what": "Slår"}
    return ConcernHandover(**(given | kwargs))


def post(letter):
    with work(ref("gjovikregionen"), "post") as by:
        return send(letter, to=ref("gjovik"), by=by)


def test_a_handover_becomes_one_concern_with_its_reference(house):
    letter_id = post(handover(who="Dame, 80"))
    assert (open_mail(ref("gjovik")), open_mail(ref("gjovik"))) == (1, 0)
    with work(ref("gjovik"), TEST):
        stored = Concern.objects.get()
        assert (stored.channel, stored.reference, stored.letter_id) == ("hotline", "V-12", letter_id)
        assert (stored.who, stored.origin) == ("Dame, 80", ref("gjovikregionen").id)


def test_a_handover_delivered_twice_is_one_concern(gjovik):
    envelope = handlers.Envelope(uuid.uuid4(), ref("gjovikregionen"), datetime.now(UTC))
    handle = handlers.handler_for("kommune", handover())
    for _ in range(2):
        handle(handover(), envelope, Reader.for_purpose("post", gjovik))
    assert Concern.objects.count() == 1


def test_a_handover_is_as_old_as_the_call(gjovik):
    called = datetime.now(UTC) - timedelta(hours=5)
    envelope = handlers.Envelope(uuid.uuid4(), ref("gjovikregionen"), datetime.now(UTC))
    letter = handover(taken_at=called)
    handlers.handler_for("kommune", letter)(letter, envelope, Reader.for_purpose("post", gjovik))
    assert Concern.objects.get().received_at == called


def test_opening_a_handover_tells_the_hotline(house):
    post(handover())
    open_mail(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        open_concern(concern=Concern.objects.get(), by=as_person("kari"))
    with office(ref("gjovikregionen")):
        assert [letter.kind for letter in queries.under_way(ref("gjovikregionen"))] == [Opened.__name__]


def test_opening_puts_a_name_on_it_and_is_logged(gjovik):
    opened = open_concern(concern=taken(), by=as_person("kari"))
    stored = Concern.objects.get()
    assert (stored.opened_by_name, stored.progress) == ("Kari Koordinator", "opened")
    assert stored.opened_at == opened.opened_at
    assert len(logged("inbox.progress.opened")) == 1


def test_only_the_first_opens(gjovik):
    concern = taken()
    open_concern(concern=Concern.objects.get(), by=as_person("kari"))
    with pytest.raises(WrongMove):
        open_concern(concern=concern, by=as_person("tom"))
    assert Concern.objects.get().opened_by_name == "Kari Koordinator"


def test_the_administrator_opens_nothing(gjovik):
    with pytest.raises(PermissionDenied):
        open_concern(concern=taken(), by=as_person("arne"))


def test_later_rooms_move_it_by_the_table(gjovik):
    concern = open_concern(concern=taken(), by=as_person("kari"))
    for to in ("in_progress", "closed", "in_progress"):
        concern = move(concern=concern, to=to, by=as_person("kari"))
    assert Concern.objects.get().progress == "in_progress"
    with pytest.raises(WrongMove):
        move(concern=concern, to="opened", by=as_person("kari"))


def test_a_concern_nobody_opened_cannot_be_closed(gjovik):
    with pytest.raises(WrongMove):
        move(concern=taken(), to="closed", by=as_person("kari"))


def test_a_message_to_the_reporter_needs_an_opened_concern(gjovik):
    concern = taken()
    with pytest.raises(WrongMove):
        message_reporter(concern=concern, text="Hei", by=as_person("kari"))
    opened = open_concern(concern=concern, by=as_person("kari"))
    message_reporter(concern=opened, text="Hei", by=as_person("kari"))
    assert ReporterMessage.objects.get().text == "Hei"


def test_a_contact_person_registers_what_was_told(gjovik):
    contact = Reader(office=gjovik, user_id=uuid.uuid4(), name="Kim", roles=frozenset({Role.CONTACT}))
    got = register(told=WORDS, channel="phone", by=contact)
    assert Concern.objects.get().registered_by == contact.user_id
    assert receipts.digits_of(got.receipt)


@pytest.mark.parametrize("channel", ["web", "hotline", "import", "pigeon"])
def test_nobody_registers_through_another_channel(gjovik, channel):
    with pytest.raises(ValueError, match=channel):
        register(told=WORDS, channel=channel, by=as_person("kari"))


def test_nothing_is_stored_when_the_log_cannot_be_written(house, monkeypatch):
    def broken(self):
        raise RuntimeError

    monkeypatch.setattr(Trail, "flush", broken)
    with pytest.raises(RuntimeError), work(ref("gjovik"), "intake") as by:
        take(by=by)
    with office(ref("gjovik")):
        assert Concern.objects.count() == 0


def test_the_leader_whom_it_is_about_is_passed_by():
    assert any("nærmeste leder" in step for step in leader_chain(False))
    assert not any("nærmeste leder" in step for step in leader_chain(True))
