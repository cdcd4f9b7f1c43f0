"""The end of a matter with everything in it: gone here, in the search, in drafts and in the backups."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from shared.codes.periods import quarter_of
from tenants.cases.actions import add_member, answer, write_note
from tenants.cases.models import Case
from tenants.closing.actions import Report, close
from tenants.closing.after_actions import reopen
from tenants.inbox import attachments_sealed, search
from tenants.inbox.actions import message_reporter
from tenants.inbox.attached import Attachment, AttachmentFinding
from tenants.inbox.models import Concern, SearchTerm
from tenants.inbox.receipts import receipt_for
from tenants.insight.inquiry_models import Inquiry, InquiryTerm
from tenants.joined.models import Join
from tenants.kept import actions, queries, tasks
from tenants.kept.models import Archived, Bundle, Clearing, DueMark, Order, RetentionClass, Tombstone
from tenants.returns import queries as figures
from tenants.returns.actions import send_return
from tenants.triage.talk_models import Talk
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import anonymous, client_for
from tests.tenants import way
from varde.access import Role
from varde.audit import chain
from varde.audit.models import Entry
from varde.cli_errors import Complaint
from varde.clock import now
from varde.identity import drafts
from varde.identity.models import Draft, User
from varde.privacy import shreds
from varde.privacy.errors import Destroyed
from varde.privacy.keyring import new_matter_id
from varde.privacy.models import DataKey
from varde.retention import cli, registry
from varde.tenancy import fleet
from varde.tenancy.work import work

SCHEMA = "kommune_3407"
YEAR = 24 * 365.25
REPORT = Report(done="Hun fikk ny lås", unsolved="Han bor der", own_words="Nå sover jeg", learned="Ring før ti")


def gjovik(purpose=TEST):
    return work(ref("gjovik"), purpose)


def old_case(years: float = 11, member: str = "", **told: str) -> Case:
    """A case that was closed so many years ago, with a note, a message, an answer and a file."""
    concern = way.opened(hours_ago=(years + 0.5) * YEAR, **told)
    case = way.case(concern=concern)
    if member:
        add_member(case=case, user=way.person(member), by=as_person("kari"))
    write_note(case=case, text="Hun ringte meg", by=as_person("kari"))
    message_reporter(concern=concern, text="Takk for at du sa fra", by=as_person("kari"))
    answer(case=case, form="varde_2026", answers={"kjonn": ["woman"]}, by=as_person("kari"))
    file = Attachment(concern=concern, number=1, at=now(), name="bilde.jpg", kind="jpeg", size=3)
    file.save()
    attachments_sealed.store(file, "original", [b"abc"])
    AttachmentFinding(attachment=file, concern=concern, at=now(), virus="clean", opening="kept").save()
    close(
        case=case, report=REPORT, outcomes=["closer_follow_up"], by=as_person("kari"), at=way.in_hours(-years * YEAR)
    )  # fmt: skip
    return Case.objects.select_related("concern").get(pk=case.pk)


def decided_class(code: str = "case", months: int = 120, then: str = "archive") -> None:
    chosen = queries.classes()[code]
    RetentionClass(
        code=code, name=chosen.name, ground="Arkivplanen punkt 4", starts=chosen.starts, months=months, then=then,
        decided_at=now(), decided_by_name="Arne Administrator",
    ).save()  # fmt: skip


def sent(case: Case) -> None:
    with gjovik("returns") as by:
        send_return(period=str(quarter_of(case.counted_from)), by=by)


def ordered(case: Case, *, days_ago: float = 8, archived: bool = True) -> Order:
    """As `confirm` lays it, a week ago."""
    kari, at = as_person("kari").user_id, now()
    bundle = Bundle(concern=case.concern, made_at=at, made_by=kari, made_by_name="Kari", files=5, sha256="0" * 64)
    bundle.save()
    got = Archived(
        concern=case.concern, bundle=bundle, reference="2026/17", received_on=queries.today(), at=at, by_user=kari,
        by_name="Kari",
    )  # fmt: skip
    got.save()
    order = Order(
        concern=case.concern, class_code="case", archived=got if archived else None, confirmed_by=kari,
        confirmed_at=at - timedelta(days=days_ago), confirmed_by_name="Kari Koordinator",
        not_before=at - timedelta(days=days_ago - 7),
    )  # fmt: skip
    order.save()
    return order


def rows_that_name(key: uuid.UUID) -> list[str]:
    """Tables of the office where this id still stands in any column, but the log and the keys."""
    with fleet.connect() as owner:
        columns = owner.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s"
            " AND data_type IN ('uuid', 'character varying', 'text')",
            [SCHEMA],
        ).fetchall()
        asked = [
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {SCHEMA}.{table} WHERE \"{column}\"::text = '{key}')"
            for table, column in columns
            if table not in ("audit_entry", "privacy_datakey") and not table.startswith("backup_")
        ]
        return sorted({row[0] for row in owner.execute(" UNION ALL ".join(asked)).fetchall()})


def test_nothing_is_left_but_a_row_without_a_person(house, capsys):
    with gjovik():
        decided_class()
        case = old_case()
        other = old_case(who="Åse Annen")
        concern, receipt = case.concern, _receipt(case.concern)
        kari = User.objects.get(id=as_person("kari").user_id)
        drafts.save(user=kari, path=f"/saker/{case.id}/notat", fields=[("text", "Halvskrevet")], by=as_person("kari"))
        drafts.save(user=kari, path=f"/saker/{other.id}/notat", fields=[("text", "Annet")], by=as_person("kari"))
        assert search.found(search.wanted("Ola Utsatt")).exists()
        ordered(case)
    sent(case)
    with gjovik("returns"):
        before = figures.newest(quarter_of(case.counted_from)).digest
    with fleet.connect() as owner:
        for table in ("privacy_datakey", "inbox_concern"):
            owner.execute(f"CREATE TABLE {SCHEMA}.backup_{table} AS SELECT * FROM {SCHEMA}.{table}")

    assert cli.main(["--office", "gjovik", "--dry-run"]) == 0
    assert "Avsluttet sak" in capsys.readouterr().out
    assert cli.main(["--office", "gjovik"]) == 0
    said = capsys.readouterr().out
    assert "1 slettet, 0 kunne ikke slettes" in said
    assert "Ola" not in said
    assert "Sak " not in said

    assert rows_that_name(concern.id) == []
    assert rows_that_name(case.id) == []
    with gjovik():
        assert not search.found(search.wanted("Ola Utsatt")).filter(id=concern.id).exists()
        assert SearchTerm.objects.exclude(concern_id=other.concern_id).count() == 0
        assert [row.place for row in Draft.objects.all()] == [drafts._place(kari, f"/saker/{other.id}/notat", "")]
        assert DataKey.objects.get(id=concern.id).destroyed_at is not None
        assert Case.objects.get() == other
        stone = Tombstone.objects.get()
        assert (stone.class_code, stone.archive_reference, stone.key_destroyed) == ("case", "2026/17", True)
        assert stone.received_month.day == 1
        assert Entry.objects.filter(matter_id=concern.id, what="privacy.key").exists()
    assert shreds.read(ref("gjovik"), concern.id) is None
    assert client_for("kari").get(f"/saker/{case.id}").status_code == 404
    assert "2026/17" in client_for("kari").get("/oppbevaring/slettet").content.decode()
    assert client_for("arne", Role.PRIVACY_OFFICER).get("/innsynslogg").status_code == 200
    page = anonymous("gjovik").post("/kvittering", {"code": receipt})
    assert page.status_code == 200
    assert "tiden den skulle lagres, var ute" in page.content.decode()
    with fleet.connect() as owner:
        assert chain.verify(owner, SCHEMA).whole

    _figures_stay(case, before)
    _backup_is_shut(concern)


def _receipt(concern: Concern) -> str:
    return receipt_for(ref("gjovik"), concern.id)


def _figures_stay(case: Case, before: str) -> None:
    """The quarter that was sent counts the same as before, also since the start."""
    with gjovik("returns") as by:
        again = send_return(period=str(quarter_of(case.counted_from)), by=by)
        assert not again.sent
        assert again.row.digest == before


def _backup_is_shut(concern: Concern) -> None:
    """Rows and wrapped halves from before, laid back by whoever owns the database."""
    with fleet.connect() as owner:
        owner.execute(f"DELETE FROM {SCHEMA}.privacy_datakey WHERE id = %s", [concern.id])
        for table in ("privacy_datakey", "inbox_concern"):
            owner.execute(
                f"INSERT INTO {SCHEMA}.{table} SELECT * FROM {SCHEMA}.backup_{table} WHERE id = %s", [concern.id]
            )
            owner.execute(f"DROP TABLE {SCHEMA}.backup_{table}")
    with gjovik(), pytest.raises(Destroyed):
        _ = Concern.objects.get(id=concern.id).what


def test_each_thing_that_stops_an_end(house):
    """One matter after the other: nothing goes, and the reasons say why without a name."""
    with gjovik():
        decided_class()
        unsent, fresh, taken, changed, young = [old_case() for _ in range(5)]
        for case in (unsent, fresh, taken, changed, young):
            ordered(case, days_ago=2 if case == fresh else 8)
        with seen_as("kari") as kari:
            actions.regret(concern=taken.concern, by=kari)
        add_note_later(changed)
        reopened_later(young)
    done = tasks.run(ref("gjovik"))
    assert (done.gone, done.left) == (0, 2)
    said = " ".join(done.reasons)
    assert "ikke sendt til regionen" in said
    assert "endret etter at arkivpakken" in said
    with gjovik():
        assert Case.objects.count() == 5
        assert Tombstone.objects.count() == 0
        sound = Case.objects.first().concern
        assert sound.what == way.TELLER
        for purpose in ("reminders", "keys"):
            assert not erased_by(purpose, unsent)
    assert not erased_by("retention", fresh)
    with gjovik(), seen_as("kari"):
        assert not erased_by("", unsent)


def add_note_later(case: Case) -> None:
    message_reporter(concern=case.concern, text="En ting til", by=as_person("kari"))


def reopened_later(case: Case) -> None:
    reopen(case=case, reason="Noe nytt", step=way.step(), by=as_person("kari"))


def erased_by(purpose: str, case: Case) -> bool:
    """Does the database let this purpose end the matter?"""

    def asked() -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT kept_erase(%s)", [case.concern_id])
        except ProgrammingError:
            return False
        return True

    if not purpose:
        return asked()
    with gjovik(purpose):
        return asked()


def test_what_is_due_is_marked_once_told_without_words_and_unmarked_when_it_is_not(house):
    with gjovik():
        decided_class()
        case, young = old_case(), old_case(years=2)
        way.person("tom")
    mail.outbox.clear()
    tasks.daily.run(ref("gjovik"))
    tasks.daily.run(ref("gjovik"))
    assert [message.to for message in mail.outbox] == [["kari@gjovik.example"]]
    assert case.name not in mail.outbox[0].body
    with gjovik():
        assert [mark.concern_id for mark in DueMark.objects.all()] == [case.concern_id]
        with seen_as("kari") as kari:
            until = queries.today() + timedelta(days=40)
            actions.keep_longer(concern=case.concern, until=until, reason="Klagesak", by=kari)
    tasks.daily.run(ref("gjovik"))
    with gjovik():
        assert DueMark.objects.count() == 0
        assert Case.objects.filter(id=young.id).exists()


def test_joined_matters_and_those_that_somebody_asks_to_see_go_together_or_stay(house):
    """Whoever was shut out of one is shut out of both: that must not end with the first of them."""
    with gjovik():
        decided_class()
        one, other = old_case(), old_case()
        join = Join(concern=one.concern, into=other.concern, reason="Samme hendelse", at=now(), by_name="Kari")
        join.save(force_insert=True)
        ordered(one)
        assert (one.counted_from, 2) == (other.counted_from, Case.objects.count())
    sent(one)
    assert not erased_by("retention", one)
    done = tasks.run(ref("gjovik"))
    assert (done.gone, done.left) == (0, 1)
    with gjovik():
        ordered(other)
    assert tasks.run(ref("gjovik")).gone == 2
    with gjovik():
        assert (Case.objects.count(), Join.objects.count(), Tombstone.objects.count()) == (0, 0, 2)


def talk(years: float) -> Talk:
    row = Talk(at=way.in_hours(-years * YEAR), by_name="Kari", what="En nabo", advice="Ring")
    row.save()
    return row


def inquiry(years: float) -> Inquiry:
    """A request for access that is in no matter, ended so long ago, with a term."""
    day, at = queries.today(), way.in_hours(-years * YEAR)
    row = Inquiry(
        id=new_matter_id(), name="Ola Utsyn", asker="self", identity="shown", received_on=day, due_on=day, made_at=at,
        made_by_name="Kari",
    )  # fmt: skip
    row.save(force_insert=True)
    InquiryTerm(inquiry=row, kind="name", token=b"0123456789").save()
    row.state, row.ended_at, row.reason = "withdrawn", at, "Ringte"
    row.save(update_fields=["state", "ended_at", "reason"])
    return row


def test_a_discussion_and_a_call_back_without_a_matter_go_when_they_were_confirmed(house):
    with gjovik():
        way.person("kari")
        decided_class("talk", 24, "delete")
        decided_class("callback", 3, "delete")
        decided_class("inquiry", 12, "delete")
        old, new, asked, late = talk(3), talk(1), inquiry(2), inquiry(0.5)
    assert tasks.run(ref("gjovik")).gone == 0
    with gjovik():
        kari = as_person("kari").user_id
        for kind, days in (("talk", 730), ("inquiry", 366)):
            Clearing(
                kind=kind, through=queries.today() - timedelta(days=days), confirmed_at=now(), confirmed_by=kari,
                confirmed_by_name="Kari", not_before=now() - timedelta(hours=1),
            ).save()  # fmt: skip
    assert tasks.run(ref("gjovik")).gone == 2
    with gjovik():
        for gone, stays in ((old, new), (asked, late)):
            assert rows_that_name(gone.id) == []
            assert DataKey.objects.get(id=gone.id).destroyed_at is not None
            assert DataKey.objects.get(id=stays.id).destroyed_at is None
        lines = {line.name: line.gone for line in registry.lines_of(ref("gjovik"))}
    assert lines["Drøfting"] == lines["Krav om innsyn uten sak"] == 1


def test_the_verb_complains_plainly():
    with pytest.raises(Complaint, match="finnes ikke"):
        cli.main(["--office", "ingen"])
