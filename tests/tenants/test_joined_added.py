"""Whoever rings names a matter to somebody who sees none: it becomes an addition to it, for those who see both."""

import uuid

from shared.contracts import ConcernHandover
from shared.contracts.fields import to_json
from shared.post import handlers
from tenants.cases.actions import add_member
from tenants.inbox import calls_known
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tenants.joined.models import Addition
from tests.cast import as_person, ref, seen_as
from tests.client import client_for, log_in
from tests.tenants import way
from tests.tenants.people import text_of
from tests.tenants.test_hidden import deny
from tests.tenants.test_inbox_calls import write
from tests.tenants.test_inbox_receive import handover
from tests.tenants.test_joined_way import join
from varde.access import Reader, Role
from varde.audit.extract import seen_rows
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.clock import now

WORDS = "Sønnen slo henne igjen i går"


def rung(kim, number: str) -> Concern:
    """A call to a kontaktperson, who may read no matter."""
    before = set(Concern.objects.values_list("pk", flat=True))
    sent = write(kim, uuid.uuid4(), gjor="known", what=WORDS, names_matter=number)
    assert sent.status_code == 201, sent.content.decode()
    return Concern.objects.exclude(pk__in=before).get()


def test_an_addition_is_told_to_those_who_see_both_and_never_to_the_one_who_took_it(gjovik):
    kim = log_in("gjovik", "kim@gjovik.example", "Kim Kontakt", Role.CONTACT)
    case, other = way.case(owner="tom"), way.case()
    add_member(case=other, user=way.person("tove"), by=as_person("kari"))
    report = rung(kim, case.name.removeprefix("Sak "))
    miss = rung(kim, "2026-FFFFFF")
    current().flush()
    rows = Entry.objects.filter(what="joined.named").order_by("number")
    assert [(row.action, row.reason, row.name, row.matter_id) for row in rows] == [
        ("change", "", "Kim Kontakt", concern.pk) for concern in (report, miss)
    ]
    assert not seen_rows(report.pk).filter(what="joined.named").exists()
    assert Addition.objects.get().concern == case.concern
    tom, kari, place = client_for("tom"), client_for("kari"), f"/saker/{case.id}"
    page, today = text_of(tom, place), text_of(tom, "/start")
    for said in ("Tillegg fra noen som ringte", "Ikke lest", "Kim Kontakt"):
        assert said in page
    assert WORDS not in page
    assert "Tillegg til en sak" in today
    assert f"/innboks/{report.pk}" in today
    open_concern(concern=report, by=as_person("kari"))
    page = text_of(kari, place)
    assert WORDS in page
    assert "Ikke lest" not in page
    assert way.logged("inbox.concern", "view", report.pk)
    assert "Tillegg til en sak" not in text_of(tom, "/start")
    assert f"/innboks/{report.pk}/sla-sammen?andre={case.concern_id}" in page
    assert case.name in text_of(kari, f"/innboks/{report.pk}")
    join(report, case.concern)
    assert "Tillegg fra noen som ringte" not in text_of(kari, place)


def test_of_a_hidden_matter_nobody_learns_that_it_was_named(gjovik):
    kim = log_in("gjovik", "kim@gjovik.example", "Kim Kontakt", Role.CONTACT)
    case = way.case()
    way.person("tom")
    add_member(case=case, user=way.person("tove"), by=as_person("kari"))
    deny(case.concern, "tove", by="kari")
    report = open_concern(concern=rung(kim, case.name), by=as_person("kari"))
    for name in ("tom", "tove"):
        with seen_as(name):
            assert not Addition.objects.exists()
        page = text_of(client_for(name), f"/innboks/{report.pk}")
        assert str(case.pk) not in page
        assert str(case.concern_id) not in page


def test_what_the_hotline_was_told_of_a_matter_comes_with_the_letter(gjovik):
    case = way.case(owner="tom")
    letter = handover(names_matter=case.name, extra="Rolig samtale")
    envelope = handlers.Envelope(uuid.uuid4(), ref("gjovikregionen"), now())
    for _ in range(2):
        handlers.handler_for("kommune", letter)(letter, envelope, Reader.for_purpose("post", gjovik))
    report = Addition.objects.get().source
    assert (report.channel, report.extra) == ("hotline", f"Rolig samtale\n\n{calls_known.sentence(case.name)}")
    assert f"/innboks/{report.pk}" in text_of(client_for("tom"), "/start")
    assert "names_matter" not in to_json(ConcernHandover, handover(), "body")
    assert "V-12" in text_of(client_for("kari"), f"/saker/{case.id}")
