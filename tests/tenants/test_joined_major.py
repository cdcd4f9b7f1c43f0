"""Major matters: for those on it who see every matter, told to leaders without anybody in it."""

import uuid

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.cases.actions import add_member
from tenants.cases.models import Case
from tenants.joined import major_actions, tasks
from tenants.joined import major_queries as queries
from tenants.joined.major_actions import About, Alert
from tenants.joined.models import MajorAlert, MajorKommune, MajorLink, MajorMatter
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import stored, text_of
from tests.tenants.test_hidden import deny
from varde.access import Reader, Role
from varde.identity.actions import invite
from varde.identity.models import User
from varde.refusal import Refused
from varde.tenancy.work import work

ABOUT = About("Høstsaken", "Mange beboere på samme sted", "Pia Presse", "61 18 95 00")


def begun() -> tuple[MajorMatter, Case, Case]:
    """By Kari, with two cases."""
    way.person("kari")
    first, second = way.case(), way.case()
    major = major_actions.begin(about=ABOUT, concern=first.concern, by=as_person("kari"))
    major_actions.add_matter(major=major, concern=second.concern, by=as_person("kari"))
    return major, first, second


def leader(email: str = "lena@gjovik.example", name: str = "Lena Leder") -> User:
    setup = Reader.for_purpose("setup", ref("gjovik"))
    return invite(email=email, name=name, roles=[Role.LEADER], by=setup, since=way.in_hours(-100))


def test_it_is_laid_filled_and_closed_on_its_page(gjovik):
    kari, first, second = client_for("kari"), way.case(), way.case()
    typed = {"sak": str(first.concern_id), "name": "Høstsaken", "why": "Mange beboere", "media_name": "Pia Presse"}
    new = f"/stor-sak/ny?sak={first.concern_id}"
    assert new in text_of(kari, f"/saker/{first.id}")
    short = kari.post("/stor-sak/ny", typed)
    assert (short.status_code, "Mange beboere" in short.content.decode()) == (422, True)
    place = kari.post("/stor-sak/ny", typed | {"media_phone": "61 18 95 00"}).headers["Location"]
    assert kari.post(place, {"gjor": "sak", "sak-sak": "2026-ffffff"}).status_code == 422
    assert kari.post(place, {"gjor": "sak", "sak-sak": second.name}).status_code == 303
    page = text_of(kari, place)
    for shown in (first.name, second.name, "Pia Presse", "Kari Koordinator", "Ingen leder kan varsles"):
        assert shown in page
    assert "Høstsaken" in text_of(kari, f"/saker/{second.id}")
    assert kari.post(place, {"gjor": "ut", "concern": str(second.concern_id)}).status_code == 303
    assert "eneste saken" in kari.post(place, {"gjor": "ut", "concern": str(first.concern_id)}).content.decode()
    assert "Noen må være igjen" in kari.post(place, {"gjor": "av", "user": str(way.person("kari").id)}).content.decode()
    changed = {f"kontakt-{key}": value for key, value in typed.items() if key != "sak"}
    again = changed | {"gjor": "kontakt", "kontakt-media_phone": "90 00 00 00"}
    assert kari.post(place, again).status_code == 303
    assert "90 00 00 00" in text_of(kari, place)
    assert kari.post(place, {"gjor": "avslutt"}).status_code == 303
    assert "har avsluttet" in kari.post(place, again).content.decode()


def test_it_is_there_only_for_those_on_it_who_see_every_matter(gjovik):
    major, first, second = begun()
    tom, tove = way.person("tom"), way.person("tove")
    for case in (first, second):
        add_member(case=case, user=tom, by=as_person("kari"))
    add_member(case=first, user=tove, by=as_person("kari"))
    major_actions.put_on(major=major, user=tom, by=as_person("kari"))
    with pytest.raises(Refused, match="ser ikke alle"):
        major_actions.put_on(major=major, user=tove, by=as_person("kari"))
    with pytest.raises(Refused, match=r"Tom Teammedlem ser ikke den saken"):
        major_actions.add_matter(major=major, concern=way.case().concern, by=as_person("kari"))
    for name, sees in (("kari", True), ("tom", True), ("tove", False)):
        client = client_for(name)
        with seen_as(name):
            assert MajorMatter.objects.exists() is sees
            page, there = text_of(client, "/stor-sak"), client.get(f"/stor-sak/{major.id}").status_code
            assert ("Høstsaken" in page, there) == ((True, 200) if sees else (False, 404))
            assert ("Høstsaken" in text_of(client, f"/saker/{first.id}")) is sees
    deny(second.concern, "tom")
    tom_ = client_for("tom")
    with seen_as("tom"):
        assert not MajorMatter.objects.exists()
        assert not MajorLink.objects.exists()
        hidden, absent = (tom_.get(f"/stor-sak/{key}").content for key in (major.id, uuid.uuid4()))
        assert hidden == absent


def test_the_kommuner_it_concerns_have_a_contact_each_for_those_on_it_alone(gjovik):
    major, first, _ = begun()
    kari, tom, place = client_for("kari"), client_for("tom"), f"/stor-sak/{major.id}"
    sent = {"gjor": "kommune", "kommune-kommune": "Vestre Toten", "kommune-contact": "Berit Beredskap"}
    short = kari.post(place, sent)
    assert (short.status_code, "Berit Beredskap" in short.content.decode()) == (422, True)
    assert kari.post(place, sent | {"kommune-phone": "61 15 33 00"}).status_code == 303
    again = kari.post(place, sent | {"kommune-kommune": "vestre toten", "kommune-phone": "90 00 00 00"})
    assert (again.status_code, "står alt på listen" in again.content.decode()) == (422, True)
    page = text_of(kari, place)
    for shown in ("Vestre Toten", "Berit Beredskap", "61 15 33 00"):
        assert shown in page
        assert shown not in stored("joined_majorkommune")
        assert shown not in text_of(kari, f"/saker/{first.id}")
    row = MajorKommune.objects.get()
    with seen_as("tom"):
        assert not MajorKommune.objects.exists()
        assert tom.get(place).status_code == 404
        with pytest.raises(ProgrammingError), transaction.atomic():
            MajorKommune(major=major, kommune="x", contact="x", phone="x", at=major.made_at, by_name="x").save()
    assert kari.post(place, {"gjor": "kommune_ut", "kommune": str(row.id)}).status_code == 303
    gone = kari.post(place, {"gjor": "kommune_ut", "kommune": str(row.id)})
    assert "ikke på listen lenger" in gone.content.decode()
    assert not MajorKommune.objects.exists()
    major_actions.close(major=major, by=as_person("kari"))
    late = kari.post(place, sent | {"kommune-phone": "61 15 33 00"})
    assert "har avsluttet" in late.content.decode()


def test_another_coordinator_who_is_not_on_it_does_not_see_it(gjovik):
    begun()
    with seen_as("kari"):
        assert MajorMatter.objects.count() == 1
    other = client_for("tove", Role.COORDINATOR)
    assert "Høstsaken" not in text_of(other, "/stor-sak")


def test_a_leader_is_told_that_it_is_there_and_nothing_of_it(gjovik):
    major, first, _ = begun()
    lena = leader()
    told = Alert("some", kommuner=True, media=True)
    major_actions.alert(major=major, alert=told, leaders=[lena], by=as_person("kari"))
    client = client_for("tove", Role.LEADER)
    assert "Varsler til deg" not in text_of(client, "/stor-sak")
    MajorAlert.objects.update(to=client.person)
    page = text_of(client, "/stor-sak")
    for shown in ("6 til 20", "Pia Presse", "61 18 95 00", "Stor sak"):
        assert shown in page
    for hidden in ("Høstsaken", "Mange beboere", first.name, "Ola Utsatt", str(first.id), str(major.id)):
        assert hidden not in page
    assert client.get(f"/stor-sak/{major.id}").status_code == 403


def test_a_leader_who_is_shut_out_of_one_of_the_matters_is_not_told(gjovik):
    major, first, _ = begun()
    way.person("tove")
    lena = leader()
    assert queries.leaders(major) == [lena]
    with seen_as("kari") as kari:
        from tenants.inbox import shutting

        shutting.deny(concern=first.concern, user=lena, kind="suspected", by=kari)
        assert queries.leaders(major) == []
        with pytest.raises(Refused, match="minst én leder"):
            major_actions.alert(major=major, alert=Alert("few"), leaders=[lena], by=kari)
        with pytest.raises(ProgrammingError), transaction.atomic():
            MajorAlert(major=major, to=lena, size="few", media_name="x", media_phone="x", at=major.made_at).save()


def test_the_mail_to_the_leader_says_nothing_and_goes_once(house):
    with work(ref("gjovik"), TEST):
        major, *_ = begun()
        major_actions.alert(major=major, alert=Alert("few"), leaders=[leader()], by=as_person("kari"))
    for _ in range(2):
        tasks.tell_leaders.run(ref("gjovik"))
    (sent,) = [each for each in mail.outbox if each.to == ["lena@gjovik.example"]]
    assert "Noe nytt venter" in sent.subject
    assert "sak" not in sent.body.lower()


def test_nobody_puts_themselves_on_or_links_a_matter_they_do_not_see(gjovik):
    major, first, _ = begun()
    deny(first.concern, "tom")
    tom = way.person("tom")
    with seen_as("tom"):
        for sql in (
            "INSERT INTO joined_majormember (id, major_id, user_id, since)"
            f" VALUES (gen_random_uuid(), '{major.id}', '{tom.id}', now())",
            "INSERT INTO joined_majorlink (id, major_id, concern_id, at)"
            f" VALUES (gen_random_uuid(), '{major.id}', '{way.opened().pk}', now())",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
