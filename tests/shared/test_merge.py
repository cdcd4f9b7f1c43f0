"""Two kommuner have become one: every row, key and log is there, and what was shut stays shut."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.http import Http404

from regional.delivery.actions import answer_test
from regional.delivery.models import TestSent
from shared.contracts import TestConcern
from shared.merging import work as order_merge
from shared.merging.models import MergeReport
from shared.orders import leaving
from shared.orders.queries import Placed
from shared.orders.work import as_owner
from shared.post.actions import open_mail, send
from shared.post.models import Receipt, SealedLetter
from shared.registry import choosing
from shared.registry.models import Office
from shared.registry.standing_queries import parties, party_of
from tenants.cases import queries as cases
from tenants.cases.models import Case
from tenants.inbox import attachments_sealed
from tenants.inbox.access import concern_for
from tenants.inbox.attached import Attachment
from tenants.inbox.models import Concern, SearchTerm
from tenants.inbox.returned_actions import open_trial
from tenants.inbox.returned_models import Trial
from tenants.inbox.search import found, wanted
from tenants.measures.sharing_queries import tried
from tenants.returns.actions import CannotSend, send_return
from tests.cast import TEST, ref
from tests.client import anonymous, log_in
from tests.shared import merging
from tests.shared.orders import acting, end_newborns
from tests.wipe import wipe
from varde.access.reader import Reader
from varde.access.roles import Role
from varde.audit import cli as log_cli
from varde.audit.extract import extract
from varde.audit.former_models import FormerEntry, FormerLog
from varde.clock import now
from varde.identity.models import User
from varde.privacy.models import DataKey
from varde.tenancy import fleet
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@dataclass(frozen=True)
class One:
    """The kommune that was born of two, what they were, and the order."""

    ref: OfficeRef
    was: merging.World
    order: Placed
    letter: uuid.UUID

    @property
    def told(self) -> tuple[merging.Told, merging.Told]:
        return self.was.one, self.was.two


@pytest.fixture(scope="module")
def one(django_db_setup: None, django_db_blocker) -> Iterator[One]:
    """Once for all: nothing here changes what it asks about."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched:
        was = merging.world(patched)
        with work(ref("gjovikregionen"), "post") as by:
            letter = answer_test(to=was.two.ref, by=by).letter_id
        order = merging.merged(was)
        yield One(order_merge.heir_of(order), was, order, letter)
        end_newborns()
        connection.close()
        wipe()


@pytest.fixture(autouse=True)
def _open(one, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def seen(one: One, name: str, told: merging.Told) -> Reader:
    """A coordinator of one of the two, now in the new one."""
    with work(one.ref, "setup"):
        user = User.objects.get(email=f"{name}@{told.ref.slug}.example")
    return Reader(one.ref, user.id, user.name, frozenset({Role.COORDINATOR}))


def test_every_row_is_there_and_the_report_says_so(one):
    assert (one.order.state, one.order.said) == ("done", "")
    with as_owner():
        report = MergeReport.objects.get(order=one.order.id)
    assert bytes(report.pdf).startswith(b"%PDF")
    rows = {name: numbers for name, *numbers in report.facts["tables"]}
    assert rows["inbox_concern"] == [2, 2, 4, 0]
    assert rows["cases_note"] == [1, 1, 2, 0]
    assert rows["identity_user"] == [6, 6, 10, 0]
    assert rows["identity_rolegrant"] == [6, 6, 10, 1]
    # The logs stand apart; two people in both are two accounts less, and what was taken from one of them stays taken.
    carried = [numbers for name, numbers in rows.items() if name not in ("audit_former", "audit_formerlog")]
    first, second, after, joined = (sum(column) for column in zip(*carried, strict=True))
    assert first + second == after + joined + 3
    assert rows["audit_former"][2] == sum(log["rows"] for log in report.facts["logs"])
    with fleet.connect() as owner:
        left = owner.execute("SELECT 1 FROM pg_namespace WHERE nspname IN ('kommune_9977', 'kommune_9978')").fetchall()
        roles = owner.execute("SELECT 1 FROM pg_roles WHERE rolname ~ 'kommune_997[78]'").fetchall()
    assert (left, roles) == ([], [])
    assert list(settings.KEYS_DIR.glob(f"*/{one.was.one.ref.id}*")) == []


def test_what_was_sealed_opens_where_it_is_and_under_the_key_that_it_had(one):
    with acting(Reader.for_purpose(TEST, one.ref)):
        for told in one.told:
            case = Case.objects.select_related("concern").get(id=told.case)
            assert case.name == told.name
            assert case.concern.what.startswith("Naboen roper")
            assert [note.text.split()[0] for note in cases.notes(case)] == ["Ringte"]
            file = Attachment.objects.get(concern=told.concern)
            assert b"".join(attachments_sealed.opened(file, "original")) == merging.PHOTO
            key = DataKey.objects.get(id=told.concern)
            assert key.born == told.ref.id
            assert key.office_key.startswith("file-")


def test_what_is_written_afterwards_opens_too(one):
    from tenants.cases.actions import write_note

    with acting(Reader.for_purpose(TEST, one.ref)):
        case = Case.objects.select_related("concern").get(id=one.was.two.case)
        write_note(case=case, text="Etter sammenslåingen", by=seen_by_test(one))
    with acting(Reader.for_purpose(TEST, one.ref)):
        case = Case.objects.get(id=one.was.two.case)
        assert "Etter sammenslåingen" in [note.text for note in cases.notes(case)]


def seen_by_test(one: One) -> Reader:
    user = User.objects.get(email=f"nina@{one.was.two.ref.slug}.example")
    return Reader(one.ref, user.id, user.name, frozenset({Role.COORDINATOR}))


def test_both_old_logs_stand_whole_beside_the_new_one(one, capsys):
    heads = one.order.fact("logs")
    with acting(Reader.for_purpose(TEST, one.ref)):
        for told in one.told:
            log, head = FormerLog.objects.get(id=told.ref.id), heads[str(told.ref.id)]
            rows = FormerEntry.objects.filter(office=told.ref.id)
            assert (log.last, log.digest) == (head["last"], head["digest"])
            assert rows.count() == head["rows"] >= told.rows
            assert rows.get(number=log.last).digest == log.digest
    assert log_cli.main(["--office", "nyen"]) == 0
    said = capsys.readouterr().out
    assert said.count("før sammenslåingen") == 2
    assert "BRUTT" not in said


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE audit_former SET reason = 'x' WHERE number = 2", "innholdet er endret"),
        ("DELETE FROM audit_former WHERE number = 2", "rader mangler"),
        ("DELETE FROM audit_former f USING audit_formerlog l WHERE l.id = f.office AND l.last = f.number",
         "slutten mangler"),
    ],
)  # fmt: skip
def test_a_change_in_an_old_log_is_found(one, capsys, monkeypatch, change, kind):
    real = fleet.connect

    def changed():
        line = real()
        line.execute("SET search_path = kommune_9976")
        line.execute("ALTER TABLE audit_former DISABLE TRIGGER frozen")
        line.execute(change)
        line.commit = line.rollback
        return line

    monkeypatch.setattr("varde.audit.cli.fleet.connect", changed)
    assert log_cli.main(["--office", "nyen"]) == 1
    assert kind in capsys.readouterr().out


def test_the_office_changes_nothing_in_an_old_log(one):
    from django.db import DatabaseError

    with acting(Reader.for_purpose(TEST, one.ref)), pytest.raises(DatabaseError, match="permission denied"):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_former")
        connection.needs_rollback = True


def test_who_has_seen_a_matter_is_told_of_the_time_before_too(one):
    kari = seen(one, "kari", one.was.one)
    with acting(kari):
        told = extract(one.was.one.concern, kari)
    assert "Kari Koordinator" in [line.who for line in told.lines]


def test_the_reporters_code_still_works(one):
    for told in one.told:
        shown = anonymous("nyen").post("/kvittering", {"code": told.receipt})
        assert shown.status_code == 200
        assert "finner ikke" not in shown.content.decode()
    wrong = anonymous("nyen").post("/kvittering", {"code": "1234 5678 9012 3456"})
    assert wrong.content != shown.content


def test_a_search_finds_across_both_and_nothing_under_an_old_key(one):
    kari = seen(one, "kari", one.was.one)
    with acting(kari):
        assert {row.id for row in found(wanted("Utsatt"))} >= {one.was.two.concern}
    with acting(Reader.for_purpose(TEST, one.ref)):
        hits = {row.id for row in found(wanted("Utsatt"))}
        assert hits == {told.concern for told in one.told}
        assert SearchTerm.objects.exists()


def test_whoever_was_shut_out_still_is_and_sees_the_rest(one):
    for told in one.told:
        with work(one.ref, "setup"):
            user = User.objects.get(id=told.shut_out)
        by = Reader(one.ref, user.id, user.name, frozenset({Role.COORDINATOR}))
        with acting(by):
            assert not Concern.objects.filter(id=told.concern).exists()
            assert Concern.objects.filter(id=told.hidden).exists()
            with pytest.raises(Http404):
                concern_for(by, told.concern)


def test_a_protected_address_stays_hidden(one):
    nina = log_in("nyen", f"nina@{one.was.two.ref.slug}.example", "Nina Koordinator", Role.COORDINATOR)
    for told in one.told:
        page = nina.get(f"/innboks/{told.hidden}/personer")
        assert page.status_code == 200
        assert "Eva Skjult" in page.content.decode()
        assert "Storgata" not in page.content.decode()
    with acting(Reader.for_purpose(TEST, one.ref)):
        assert list(found(wanted("Storgata"))) == []


def test_one_with_an_account_in_both_is_one_person(one):
    with work(one.ref, "setup"):
        same = User.objects.get(email=merging.SAME)
        assert same.id == one.was.one.same
        assert [grant.role for grant in same.grants.all()] == [Role.TEAM_MEMBER]
    assert one.order.fact("in_both") == 2


def test_what_was_taken_from_somebody_in_the_one_does_not_come_back_by_the_account_in_the_other(one):
    with work(one.ref, "setup"):
        closed = User.objects.get(email=merging.CLOSED)
        assert (closed.is_active, [grant.role for grant in closed.grants.all()]) == (True, [Role.REFERENCE_GROUP])


def test_a_letter_to_one_of_them_is_opened_by_the_new_one(one):
    with leaving.as_owner_of(one.ref):
        row = SealedLetter.objects.get(id=one.letter)
        assert row.recipient == one.was.two.ref.id
    open_mail(one.ref)
    with acting(Reader.for_purpose(TEST, one.ref)):
        assert Trial.objects.filter(letter_id=one.letter).exists()
        assert Receipt.objects.get(id=one.letter).recipient == one.was.two.ref.id


def test_what_the_new_one_answers_for_one_of_them_is_heard(one):
    """Else the phone would wait for ever for a kommune that is no more."""
    region = ref("gjovikregionen")
    open_mail(one.ref)
    with acting(seen(one, "nina", one.was.two)) as by:
        open_trial(trial_id=Trial.objects.get(letter_id=one.letter).id, by=by)
    open_mail(region)
    with work(region, "post"):
        sent = TestSent.objects.get(letter_id=one.letter)
        assert (sent.kommune, sent.opened_at is None) == (one.was.two.ref.id, False)


def test_who_writes_to_one_of_them_reaches_the_new_one(one):
    with work(ref("gjovikregionen"), "post") as by:
        letter = send(TestConcern(reference="P-2", sent_at=datetime.now(UTC)), to=one.was.one.ref, by=by)
    with leaving.as_owner_of(one.ref):
        assert SealedLetter.objects.get(id=letter).recipient == one.ref.id


def test_old_addresses_lead_to_the_new_one_and_take_nothing(one):
    for told in one.told:
        old = anonymous(told.ref.slug)
        moved = old.get("/kvittering?fra=brev")
        assert (moved.status_code, moved["Location"]) == (302, "http://nyen.localhost/kvittering?fra=brev")
        sent = old.post("/meld", {"what": "x"})
        assert sent.status_code == 410
        assert "IKKE mottatt" in sent.content.decode()
        assert old.post("/api/v1/concerns", {}).status_code == 410


def test_the_new_one_is_where_both_were_and_they_are_out(one):
    region = ref("gjovikregionen")
    there = {party.kommune for party in parties(region.id, now())}
    assert one.ref.id in there
    assert all(told.ref.id not in there for told in one.told)
    assert all(party_of(told.ref.id, now() - timedelta(days=1)) for told in one.told)
    assert party_of(one.ref.id, now() - timedelta(days=1)) is None


def test_whoever_looks_for_the_old_name_is_led_to_the_new_one(one):
    with as_owner():
        offices = choosing._offices()
        assert offices["9977"].id == offices["9978"].id == one.ref.id
        assert Office.objects.get(number="9977").became == one.ref.id


def test_drift_has_the_report_and_so_has_the_new_kommune(one):
    drift = log_in("drift", "drift@drift.example", "Drift", Role.PLATFORM_OPERATOR)
    page = drift.get(f"/plattform/bestillinger/{one.order.id}").content.decode()
    assert "inbox_concern" in page
    assert one.order.fact("logs")[str(one.was.one.ref.id)]["digest"] in page
    paper = drift.get(f"/plattform/bestillinger/{one.order.id}/rapport")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    leader = log_in("nyen", "leder@nyen.example", "Leder", Role.LEADER)
    assert "Rapport om sammenslåing" in leader.get("/sammenslaing").content.decode()
    assert b"".join(leader.get(f"/sammenslaing/{one.order.id}/rapport").streaming_content).startswith(b"%PDF")


def test_a_quarter_from_before_is_not_sent_again(one):
    with work(one.ref, "returns") as by, pytest.raises(CannotSend, match="før sammenslåingen"):
        send_return(period="2020Q1", by=by)


def test_whom_one_had_lent_is_lent_by_the_new_one(one):
    with work(ref("gjovikregionen"), "setup"):
        assert User.objects.get(email=merging.LENT).for_office == one.ref.id
        assert User.objects.here().filter(email=merging.LENT).exists()  # and is there now, by the new one's own lend


def test_a_shared_link_from_before_still_opens(one):
    with work(one.ref, "sharing"):
        assert tried(one.was.one.link, one.was.one.code).answer == "open"
        assert tried(one.was.one.link, "00000000").answer != "open"


def test_the_old_logs_are_on_the_page_of_the_log_row_by_row(one):
    ombud = log_in("nyen", "ombud@nyen.example", "Ombud", Role.PRIVACY_OFFICER)
    page = ombud.get("/innsynslogg").content.decode()
    for told in one.told:
        address = f"/innsynslogg/tidligere/{told.ref.id}"
        assert (f"{told.ref.name} ({told.ref.number})" in page, f'href="{address}"' in page) == (True, True)
        old = ombud.get(address).content.decode()
        assert f"Innsynsloggen fra {told.ref.name}" in old
        assert "v-table" in old
    assert ombud.get(f"/innsynslogg/tidligere/{one.ref.id}").status_code == 404


def test_what_the_two_said_of_the_year_is_shown_with_whose_it_was(one):
    leader = log_in("nyen", "leder@nyvest.example", "leder", Role.LEADER)
    page = leader.get(f"/informasjon/arsrapport/{now().year}").content.decode()
    for told in one.told:
        assert f"Vurderingen fra {told.ref.name}" in page
        assert f"Det gikk bra i {told.ref.name}" in page


def test_the_reports_of_the_two_are_shown_with_whose_they_were(one):
    leader = log_in("nyen", "leder@nyvest.example", "leder", Role.LEADER)
    page = leader.get("/bufdir").content.decode()
    for told in one.told:
        assert f"Fra {told.ref.name}, før sammenslåingen" in page


def test_whoever_was_shut_out_in_one_is_shut_out_by_the_account_from_the_other(one):
    here, there = one.told
    assert here.shut_out != there.shut_out
    by = Reader(one.ref, there.shut_out, "Ute Stengt", frozenset({Role.COORDINATOR}))
    with acting(by):
        assert not Concern.objects.filter(id=here.concern).exists()
        with pytest.raises(Http404):
            concern_for(by, here.concern)
