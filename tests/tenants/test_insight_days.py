"""A request in no matter is open to those who must answer it and no longer; its days are the law's, also in SQL."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from tenants.cases import glass
from tenants.inbox.models import Concern
from tenants.insight import inquiry_panels
from tenants.insight.inquiry import final_day, moved_to
from tenants.insight.inquiry_models import Inquiry, InquiryVerdict
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import NUMBER, card_in, text_of
from tests.tenants.test_hidden import deny, refused
from tests.tenants.test_insight_inquiry import NAME, hidden_case, laid, pdf_of, today
from varde.access import Role
from varde.clock import OSLO, now

UPDATE = "UPDATE insight_inquiry SET {}"
ENDED = "state = 'answered', ended_at = now(), final_on = "


def sees(name: str, row: Inquiry) -> bool:
    with seen_as(name):
        return Inquiry.objects.filter(pk=row.pk).exists()


def judged(name: str, concern: Concern, row: Inquiry, **said: object) -> None:
    """Somebody's word, as SQL lays it."""
    whole = {"same": False, "at": now(), "by_name": "Tove Teammedlem"} | said
    with seen_as(name), transaction.atomic():
        InquiryVerdict(concern=concern, inquiry=row, **whole).save(force_insert=True)


def test_who_was_only_let_in_does_not_read_who_asked(gjovik):
    case, kari = way.case(), client_for("kari")
    card_in(case.concern, name=NAME)
    way.person("tove")
    row = Inquiry.objects.get(pk=laid(kari, id_number="").rpartition("/")[2])
    with seen_as("tove") as tove:
        asked = glass.ask(typed=case.name, approver=way.person("kari"), reason="Fare", hours=1, by=tove)
    with seen_as("kari") as by:
        glass.answer(request=asked, yes=True, by=by)
    with seen_as("tove"):
        assert Concern.objects.filter(pk=case.concern_id).exists()
    assert not sees("tove", row)


def test_a_matter_that_came_after_the_last_day_opens_nothing_and_neither_does_what_was_withdrawn(gjovik):
    kari = client_for("kari")
    early, late = way.case(owner="tom"), way.case(owner="tove", concern=way.opened(hours_ago=-24 * 60))
    for case in (early, late):
        card_in(case.concern, name=NAME)
    deny(late.concern, "kari")
    home, taken_back = laid(kari, id_number=""), laid(kari, id_number="")
    row, other = (Inquiry.objects.get(pk=each.rpartition("/")[2]) for each in (home, taken_back))
    assert [sees(name, each) for name in ("tom", "tove") for each in (row, other)] == [True] * 4
    assert kari.post(f"{home}/treff", {"sak": str(early.concern_id), "annen": "1"}).status_code == 303
    assert kari.post(home, {"svar": "1"}).status_code == 303
    assert kari.post(taken_back, {"trekk": "1", "trekk-reason": "Ringte og sa det"}).status_code == 303
    assert [sees(name, each) for name in ("tom", "tove") for each in (row, other)] == [True, False, False, False]
    # What they have spoken of themselves they can still read.
    judged("tove", late.concern, row)
    assert (sees("tove", row), sees("kari", row), sees("kari", other)) == (True, True, True)


def test_the_days_of_a_request_are_the_laws_also_for_a_coordinators_own_statement(gjovik):
    kari = client_for("kari")
    home = laid(kari)
    row = Inquiry.objects.get()
    with seen_as("kari"):
        for change, why in (
            (f"{ENDED}'1900-01-01'", "final on its deadline"), (f"{ENDED}due_on - 1", "final on its deadline"),
            (f"{ENDED}'2199-01-01'", "final on its deadline"), (f"{ENDED}NULL", "has a last day"),
            ("final_on = due_on", "has a last day"), ("due_on = '1900-01-01'", "moved ahead"),
            ("due_on = due_on - 1", "moved ahead"), ("due_on = received_on + 100", "moved ahead"),
            (f"{ENDED}'1900-01-01', due_on = '1900-01-01'", "moved ahead"),
        ):  # fmt: skip
            with refused(why) as cursor:
                cursor.execute(UPDATE.format(change))
        for received, due in ((5, 20), (-5, 90), (-5, -6)):
            days = {"received_on": today() + timedelta(days=received), "due_on": today() + timedelta(days=due)}
            fresh = Inquiry(
                name="Per", asker="self", identity="shown", made_at=now(), made_by_name="Kari Koordinator", **days
            )
            with pytest.raises(ProgrammingError, match="a month after it came"), transaction.atomic():
                fresh.save(force_insert=True)
    assert kari.post(home, {"svar": "1"}).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.final_on) == ("answered", final_day(row.due_on, today()))


def test_nobody_says_in_anothers_name_or_of_tomorrow_whether_it_is_the_person(gjovik):
    concern, kari = hidden_case(), client_for("kari")
    card_in(concern, name=NAME, by="tom")
    laid(kari, id_number="")
    row = Inquiry.objects.get()
    for said in ({"by_name": "Kari Koordinator"}, {"at": now() + timedelta(days=900)}):
        with pytest.raises(ProgrammingError, match="row-level"):
            judged("tom", concern, row, **{"by_name": "Tom Teammedlem"} | said)
    judged("tom", concern, row, by_name="Tom Teammedlem")
    assert InquiryVerdict.objects.get().by_name == "Tom Teammedlem"


def test_in_a_matter_it_is_found_out_anew_who_asks(gjovik):
    """Whoever took the request down may not see the matter, and may have typed what is untrue."""
    concern, kari, tom = hidden_case(), client_for("kari"), client_for("tom")
    card_in(concern, name=NAME, by="tom")
    home = laid(kari, id_number="", asker="mandate", asker_name="Vegard Medhjelper", identity="mandate")
    row = Inquiry.objects.get()
    page = text_of(tom, f"/innboks/{concern.pk}/innsyn?krav={row.pk}")
    assert ("Medhjelper" in page, "checked" in page, row.received_on.isoformat() in page) == (False, False, True)
    for part in ("ble tatt imot av Kari Koordinator", "Ring personen på nummeret som står i saken, før noe sendes."):
        assert part in page, part
    assert "Ring personen på nummeret som står i saken" in text_of(tom, home)


def test_the_second_who_moves_or_ends_it_reads_why_with_the_words_still_there(gjovik):
    kari, other = client_for("kari"), client_for("tove", Role.COORDINATOR)
    home = laid(kari)
    row = Inquiry.objects.get()
    assert other.post(home, {"svar": "1"}).status_code == 303
    for sent in (
        {"utsett": "1", "frist-until": (row.due_on + timedelta(days=9)).isoformat(), "frist-reason": "Mine ord"},
        {"trekk": "1", "trekk-reason": "Mine ord"},
    ):
        answer = kari.post(home, sent)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert ("er besvart. Registrer et nytt krav." in page, "Mine ord" in page) == (True, True), sent
    assert "Flytt fristen" not in text_of(kari, home)
    # The letter is the other's: that it was asked for is logged, as for a request that nobody sees.
    assert kari.get(f"{home}/brev").status_code == 404
    assert way.logged("insight.inquiry", "denied", row.pk)


def test_an_answer_that_is_final_after_the_deadline_is_warned_of_and_says_why(gjovik):
    kari = client_for("kari")
    soon, early = laid(kari, days_ago=25), laid(kari, days_ago=1, name="Ingen Kjent", id_number="")
    first, second = (Inquiry.objects.get(pk=each.rpartition("/")[2]) for each in (soon, early))
    final = moved_to(first.due_on, today())
    warned = f"Svarer dere i dag, er svaret først endelig {final:%d.%m.%Y}"
    assert (warned in text_of(kari, soon), "først endelig" in text_of(kari, early)) == (True, False)
    for home in (soon, early):
        assert kari.post(home, {"svar": "1"}).status_code == 303
    letters = [pdf_of(kari, f"{home}/brev") for home in (soon, early)]
    moved = f"er den flyttet til {final:%d.%m.%Y}, fordi"
    assert [moved in each for each in letters] == [True, False]
    assert ["minst 14 dager" in each for each in letters] == [True, False]
    assert moved_to(second.due_on, today()) is None
    assert "først endelig" not in text_of(kari, soon)


def test_what_is_due_tomorrow_here_stands_on_today_before_utc_says_so(gjovik):
    kari = client_for("kari")
    laid(kari, name="Ingen Kjent", id_number=NUMBER)
    due = Inquiry.objects.get().due_on
    until = now().astimezone(OSLO).replace(year=due.year, month=due.month, day=due.day, hour=0, minute=30)
    until = until.astimezone(now().tzinfo)
    assert until.date() < due
    with seen_as("kari"):
        assert [each.text for each in inquiry_panels.on_today(as_person("kari"), until, 9)] == [
            "Svar på krav om innsyn som ikke er knyttet til noen sak"
        ]
