"""A covered case looks like one, nobody is put on it, and who is shut out does not stand under «På saken»."""

import pytest

from tenants.cases.actions import add_member
from tenants.cases.models import Case, CaseMember
from tenants.closing.actions import Report, close
from tenants.inbox import shutting
from tenants.inbox.models import Concern
from tenants.persons.spoken import SafetyWarning
from tenants.persons.spoken_actions import Told, warn
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import text_of
from tests.tenants.test_hidden import deny
from tests.tenants.test_joined_way import join
from varde.refusal import Refused


def cover(concern: Concern, substitute: str = "tom") -> None:
    """By Kari."""
    user = way.person(substitute)
    with seen_as("kari") as kari:
        shutting.cover(concern=concern, substitute=user, by=kari)


def members_part(page: str) -> str:
    """«På saken»."""
    return page.partition('id="medlemmer"')[2]


def test_a_covered_case_says_so_and_offers_the_page_of_who_sees_it(gjovik):
    kari, case, tove = client_for("kari"), way.case(owner="tom"), way.person("tove")
    add_member(case=case, user=tove, by=as_person("kari"))
    assert "Skjermet" not in text_of(kari, "/saker")
    cover(case.concern)
    for client in (kari, client_for("tom")):
        page = text_of(client, f"/saker/{case.id}")
        part = members_part(page)
        assert page.index("Skjermet</span>") < page.index('id="neste"')
        assert "Skjermet: Kari Koordinator og Tom Teammedlem ser den." in part
        assert f"/innboks/{case.concern_id}/tilgang" in part
        for untrue in ("Tove", "Sett på saken", "Koordinatorene ser den"):
            assert untrue not in part
        assert "Skjermet</span>" in text_of(client, "/saker")
    with pytest.raises(Refused, match="skjermet"):
        add_member(case=case, user=tove, by=as_person("kari"))


def test_nobody_is_put_on_a_covered_case(gjovik):
    kari, case = client_for("kari"), way.case()
    tove = way.person("tove")
    cover(case.concern)
    answer = kari.post(f"/saker/{case.id}/medlemmer", {"user": str(tove.id)})
    assert (answer.status_code, CaseMember.objects.filter(user=tove).exists()) == (422, False)
    assert "De velges under «Hvem kan se dette?»." in answer.content.decode()


def test_who_is_shut_out_by_a_merge_does_not_stand_on_the_case(gjovik):
    kari, kept, gone = client_for("kari"), way.case(owner="tom"), way.case()
    assert "Tom Teammedlem" in members_part(text_of(kari, f"/saker/{kept.id}"))
    deny(gone.concern, "tom")
    with seen_as("kari"):
        join(gone.concern, kept.concern)
    part = members_part(text_of(kari, f"/saker/{kept.id}"))
    assert "Kari Koordinator" in part
    assert "Tom Teammedlem" not in part


def closed() -> Case:
    """With a dog, as long as nobody says that it is gone."""
    case = way.case()
    warn(concern=case.concern, told=Told("dog", "Løs hund", way.in_hours(30).date()), by=as_person("kari"))
    close(case=case, report=Report(done="Låst"), outcomes=["other"], by=as_person("kari"))
    return case


def test_a_warning_that_still_holds_is_renewed_from_a_closed_case(gjovik):
    kari, case = client_for("kari"), closed()
    path = f"/innboks/{case.concern_id}/advarsler"
    page = text_of(kari, path)
    assert "Gjelder fortsatt" in page
    assert "Ny advarsel" not in page
    day = way.in_hours(24 * 90).date()
    first = SafetyWarning.objects.get()
    assert kari.post(f"{path}/{first.id}/forny", {"again_on": day.isoformat()}).status_code == 303
    renewed = SafetyWarning.objects.get(ended_at=None)
    assert (renewed.text, renewed.review_on) == ("Løs hund", day)
    with pytest.raises(Refused, match="lukket"):
        warn(concern=Concern.objects.get(), told=Told("dog", "En til", day), by=as_person("kari"))


def test_a_closed_case_asks_for_no_voice(gjovik):
    kari, case = client_for("kari"), closed()
    for path in (f"/saker/{case.id}", f"/innboks/{case.concern_id}", f"/innboks/{case.concern_id}/stemme"):
        page = text_of(kari, path)
        assert "Personen ble ikke spurt." in page
        assert "Ingen har spurt" not in page
