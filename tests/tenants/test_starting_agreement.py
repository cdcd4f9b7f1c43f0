"""The kommune says yes or no, and goes out: its word holds in the same commit, and the region hears who decided."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from shared.contracts import AgreementNotice
from shared.contracts.region import AgreementTask
from shared.post.handlers import Envelope
from shared.post.models import SealedLetter
from shared.registry.standing_models import Standing
from shared.registry.standing_queries import party_of, words_on
from tenants.starting import agreement_queries as queries
from tenants.starting.agreement_actions import Decision, answer, leave
from tenants.starting.agreement_handlers import NotARegion, store_notice
from tenants.starting.models import Answer, Notice
from tests.cast import ref, seen_as
from tests.client import client_for
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of

DECIDED = Decision("Kommunedirektør Berit Bø", "Sak 34/26", "Vi vil samarbeide")
AGREEMENT = UUID(int=7)


def terms(**changes: Any) -> AgreementNotice:
    known: dict[str, Any] = {
        "agreement": AGREEMENT, "asks": "terms", "version": 1, "starts_at": now(), "answer_by": None,
        "title": "Samarbeidsavtale for Naboregionen", "legal_form": "Vertskommune, kommuneloven § 20-2", "model": "2",
        "host": "Nabo", "parties": ("Nabo", "Gjøvik"),
        "tasks": (AgreementTask(title="Vakttelefon", responsible=("Nabo",), consulted=("Gjøvik",), informed=()),),
        "share": "40 prosent", "phone": "Felles vakttelefon", "lends": (), "message": "Velkommen", "sent_at": now(),
    }  # fmt: skip
    return AgreementNotice(**known | changes)


def came(letter: AgreementNotice, region: str = "naboregionen") -> Notice:
    """The letter is opened by the post."""
    by = Reader.for_purpose("post", ref("gjovik"))
    envelope = Envelope(uuid4(), ref(region), now())
    with presented(by):
        store_notice(letter, envelope, by)
        store_notice(letter, envelope, by)
    return Notice.objects.get(id=envelope.id)


@pytest.fixture
def outside(gjovik: Any) -> Iterator[Reader]:
    """Arne, in a Gjøvik that has gone out of its region."""
    with seen_as("arne") as by:
        leave(day=None, decision=DECIDED, by=by)
        yield by


def test_terms_are_kept_once_and_those_who_may_answer_are_told(gjovik, django_capture_on_commit_callbacks):
    client_for("arne")
    with django_capture_on_commit_callbacks(execute=True):
        came(terms())
    assert Notice.objects.count() == 1
    assert [message.to for message in mail.outbox if "nytt venter" in message.subject] == [["arne@gjovik.example"]]


def test_only_a_region_writes_of_an_agreement(gjovik):
    with pytest.raises(NotARegion):
        came(terms(), region="ostre-toten")


def test_a_yes_is_a_word_in_the_registry_and_a_letter_with_who_decided(outside):
    notice = came(terms())
    row = answer(notice=notice, said="yes", day=None, decision=DECIDED, by=outside)
    word = words_on(outside.office.id)[-1]
    assert (word.word, word.agreement, word.region, word.at >= row.starts_at) == ("in", AGREEMENT, notice.region, True)
    assert SealedLetter.objects.filter(kind="AgreementAnswer", recipient=notice.region).count() == 1
    assert party_of(outside.office.id, now()) is None, "the region has not said yes"
    with pytest.raises(Overtaken, match="svarte ja"):
        answer(notice=notice, said="no", day=None, decision=DECIDED, by=outside)


def test_a_no_says_no_word_and_is_told(outside):
    before = len(words_on(outside.office.id))
    answer(notice=came(terms()), said="no", day=None, decision=DECIDED, by=outside)
    assert len(words_on(outside.office.id)) == before
    assert Answer.objects.filter(said="no").count() == 1


def test_a_yes_holds_from_the_day_that_was_asked_for_at_the_earliest(outside):
    starts = now() + timedelta(days=10)
    row = answer(notice=came(terms(starts_at=starts)), said="yes", day=day_of(now()), decision=DECIDED, by=outside)
    assert row.starts_at == starts


def test_a_kommune_that_is_with_a_region_cannot_say_yes_to_another(gjovik):
    notice = came(terms())
    with seen_as("arne") as by, pytest.raises(Refused, match="annen region"):
        answer(notice=notice, said="yes", day=None, decision=DECIDED, by=by)
    assert Answer.objects.count() == 0


def test_older_terms_and_what_needs_no_answer_cannot_be_answered(outside):
    old = came(terms(sent_at=now() - timedelta(days=1)))
    newer = came(terms(asks="change", version=2))
    for notice in (old, newer):
        with pytest.raises(Refused, match="noe nyere"):
            answer(notice=notice, said="yes", day=None, decision=DECIDED, by=outside)


def test_going_out_ends_it_the_same_second_and_the_region_is_told_why(gjovik):
    assert party_of(gjovik.id, now()) is not None
    with seen_as("arne") as by:
        leave(day=None, decision=DECIDED, by=by)
        assert queries.holds(by).party is None
        with pytest.raises(Refused, match="ikke med i noen avtale"):
            leave(day=None, decision=DECIDED, by=by)
    assert SealedLetter.objects.filter(kind="AgreementAnswer").count() == 1


def test_going_out_later_is_shown_until_then(gjovik):
    with seen_as("arne") as by:
        row = leave(day=day_of(now()) + timedelta(days=30), decision=DECIDED, by=by)
        found = queries.holds(by)
    assert (found.region, found.changes_at, found.then) == ("Gjøvikregionen", row.starts_at, False)


def test_going_out_needs_a_reason(gjovik):
    with seen_as("arne") as by, pytest.raises(Refused, match="hvorfor"):
        leave(day=None, decision=Decision("Berit"), by=by)
    assert Standing.objects.filter(said_by=gjovik.id, word="out").count() == 0


def test_the_pages_read_answer_and_go_out(gjovik):
    arne = client_for("arne")
    assert "Med i" in arne.get("/samarbeidsavtale").content.decode()
    assert "Ingen brev er underveis" in arne.get("/samarbeidsavtale/ut").content.decode()
    typed = {"day": day_of(now()).isoformat(), "decided_by": "Berit Bø", "reference": "", "reason": "Går til Hamar"}
    missing = arne.post("/samarbeidsavtale/ut", typed)
    assert (missing.status_code, "Går til Hamar" in missing.content.decode()) == (422, True)
    assert arne.post("/samarbeidsavtale/ut", typed | {"understood": "on"}).status_code == 303
    notice = came(terms())
    page = arne.get("/samarbeidsavtale").content.decode()
    assert "Naboregionen venter på svar" in page
    assert "Naboregionen spør om dere vil være med" in arne.get("/start").content.decode()
    address = f"/samarbeidsavtale/brev/{notice.id}"
    assert "kommuneloven § 20-2" in arne.get(address).content.decode()
    no = {"said": "no", "day": "", "decided_by": "Berit Bø", "reference": "", "reason": ""}
    assert "Skriv kort hvorfor" in arne.post(address, no).content.decode()
    assert arne.post(address, no | {"said": "yes"}).status_code == 303
    assert "Vi svarte ja" in arne.get(address).content.decode()
    assert "Gjøvik sa ja til samarbeid" in arne.get("/samarbeidsavtale").content.decode()


def test_a_coordinator_reads_the_terms_and_does_not_answer(gjovik):
    notice = came(terms())
    kari = client_for("kari")
    assert "Administratoren eller en leder svarer" in kari.get(f"/samarbeidsavtale/brev/{notice.id}").content.decode()
    typed = {"said": "yes", "day": "", "decided_by": "Kari", "reference": "", "reason": "x"}
    assert kari.post(f"/samarbeidsavtale/brev/{notice.id}", typed).status_code == 403
    assert kari.get("/samarbeidsavtale/ut").status_code == 403
    with seen_as("kari") as by, pytest.raises(DatabaseError), transaction.atomic():
        Answer(
            notice=notice, agreement=AGREEMENT, region=notice.region, said="yes", starts_at=now(), decided_by="Kari",
            at=now(), by_name=by.name,
        ).save()  # fmt: skip


def test_a_notice_of_nobody_is_not_there(gjovik):
    assert client_for("arne").get(f"/samarbeidsavtale/brev/{uuid4()}").status_code == 404


def test_no_word_is_said_when_the_letter_cannot_be_sent(gjovik, monkeypatch):
    """Both or neither."""
    from tenants.starting import agreement_actions

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("no post")

    monkeypatch.setattr(agreement_actions, "send", broken)
    with seen_as("arne") as by, pytest.raises(RuntimeError):
        leave(day=None, decision=DECIDED, by=by)
    assert party_of(gjovik.id, now()) is not None


def test_a_kommune_that_is_in_reads_the_agreement(gjovik):
    arne = client_for("arne")
    assert "har ikke sendt avtalen hit" in arne.get("/samarbeidsavtale").content.decode()
    sent = terms(asks="change", version=4, text="Vi deler på kursene.", lasts="Til den sies opp", meetings="To møter.")
    notice = came(sent, region="gjovikregionen")
    assert "Les avtalen, utgave 4" in arne.get("/samarbeidsavtale").content.decode()
    page = arne.get(f"/samarbeidsavtale/brev/{notice.id}").content.decode()
    assert all(words in page for words in ("Vi deler på kursene.", "Til den sies opp", "To møter."))
