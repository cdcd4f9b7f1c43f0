"""A pack holds all that its reader must know, and the log knows of every matter that anything in it is of."""

from tenants.continuity import pack
from tenants.continuity.gathered import pack_of
from tenants.continuity.models import Holder
from tenants.inbox import callbacks_actions
from tenants.inbox.callbacks_actions import Plan
from tenants.measures import safety_actions
from tenants.persons.spoken_actions import Told, warn
from tenants.team.models import TeamMember
from tenants.triage import police_actions
from tenants.triage.police import Police
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import ADDRESS, PHONE, card_in, text_of
from tests.tenants.test_continuity_pack import armed
from tests.tenants.test_hidden import deny
from tests.tenants.test_inbox_safe import says, told_concern
from tests.tenants.test_measures_contacts import typed as contact_typed
from tests.tenants.test_measures_safety import words_of
from tests.tenants.test_team_partners import partner
from tests.tenants.test_triage_police import NAME, NUMBER
from varde.clock import now
from varde.documents.paper import pdf


def test_a_warning_from_another_matter_is_logged_by_that_matter(gjovik):
    way.person("kari")
    urgent, calm = way.case(), way.case(category="bor", step=way.step())
    card_in(urgent.concern, phone=PHONE)
    person = card_in(calm.concern, phone=PHONE)
    told = Told("weapon", "Hagle over døren", way.in_hours(480).date(), person)
    warn(concern=calm.concern, told=told, by=as_person("kari"))
    with seen_as("kari") as kari:
        pack, matters = pack_of(kari, now())
    assert "Hagle over døren" in repr(pack)
    assert matters == [urgent.concern_id, calm.concern_id]


def test_it_has_the_police_the_contacts_the_plan_at_home_and_colleagues_numbers(gjovik):
    case, kari, house = way.case(), client_for("kari"), partner()
    place = client_for("arne").post
    typed_place = {"service": "Helse", "since": "2024-01-01", "phone": "41 52 63 74"}
    assert place(f"/team/medlem/{way.person('tom').id}", typed_place | {"phone": "12"}).status_code == 422
    assert place(f"/team/medlem/{way.person('tom').id}", typed_place).status_code == 302
    assert "41 52 63 74" in text_of(client_for("tove"), "/team")
    assert kari.post(f"/saker/{case.id}/kontakter", contact_typed(partner=str(house.id))).status_code == 303
    assert kari.post(f"/saker/{case.id}/kontakter", contact_typed(partner=str(house.id))).status_code == 303
    card_in(case.concern, "reporter", name="Mona Melder", phone="40 50 60 70")
    assert kari.post(f"/saker/{case.id}/kontakter", contact_typed(who="Mona Melder, nabo")).status_code == 303
    said = Police("yes", "Koordinatoren", "2026-11-01", NUMBER, NAME, "61223344")
    police_actions.say(concern=case.concern, told=said, seen=None, by=as_person("kari"))
    parts = {"call": "Anne på 90 00 00 00"}
    safety_actions.write_plan(case=case, parts=parts, agreed_on=None, seen="0", by=as_person("kari"))
    with seen_as("kari") as by:
        found, _ = pack_of(by, now())
        again = pack.paper(found, at=now(), until=now())
    text = words_of(pdf(again)).replace("\xa0", " ")
    assert {one[:3] for one in found.team if one[0] == way.person("tom").name} == {
        (way.person("tom").name, "Helse", "41 52 63 74")
    }
    for word in ("41 52 63 74", "Krisesenteret", "Anne", NAME, "61 22 33 44", NUMBER, parts["call"], "Ikke ferdig"):
        assert word in text, word
    assert len(found.matters[0].touches) == 1
    assert "Mona" not in text
    deny(case.concern, "tove")
    way.deputy("tove")
    with seen_as("tove") as by:
        assert "Anne" not in repr(pack_of(by, now()))


def test_how_who_reported_is_reached_is_in_no_pack_nor_where_they_work_nor_their_number(gjovik):
    concern = told_concern(
        reporter_name="Mona Melder", reporter_phone="+47 405 06 070 (jobb)", reporter_relation="Vakt ved Krisesenteret",
        safe_person="Ring før kl. 12", safe_contact="Spør etter henne på jobb",
    )  # fmt: skip
    case, by, house, other = (
        way.case("kari", concern=concern),
        as_person("kari"),
        partner(),
        partner("nav", "Nav Gjøvik"),
    )
    eva = card_in(concern, name="Eva Utsatt", phone=PHONE)
    mona = card_in(concern, "reporter", name="Mona Melder")
    says(concern, mona, safe_contact="SMS til Mona etter vakt")
    says(concern, eva, not_safe="Når han er hjemme")
    shared = {"due_at": way.in_hours(3), "owner": way.person("kari"), "safe_ways": "Bare på jobb"}
    callbacks_actions.plan(plan=Plan("", "", to_reporter=True, **shared), concern=concern, by=by)
    callbacks_actions.plan(plan=Plan("Vakta", "40506070", **shared), concern=concern, by=by)
    callbacks_actions.plan(
        plan=Plan("Eva Utsatt", PHONE, **shared | {"safe_ways": "Hele dagen"}), concern=concern, by=by
    )
    kari = client_for("kari")
    for contact in ({"partner": str(house.id)}, {"who": "Kollega på 405 06 070"}, {"partner": str(other.id)}):
        assert kari.post(f"/saker/{case.id}/kontakter", contact_typed(**contact)).status_code == 303
    unclear = told_concern(safe_contact="Etter kl. 17", safe_apart=False)
    way.case("kari", concern=unclear)
    with seen_as("kari") as reader:
        found, _ = pack_of(reader, now())
    text = repr(found.matters)
    for word in ("Ring før kl. 12", "Når han er hjemme", "Hele dagen", PHONE, "Nav Gjøvik", "uklart med hvem"):
        assert word in text, word
    for word in ("på jobb", "Mona", "Vakta", "405", "Krisesenteret", "Kollega", "kl. 17"):
        assert word not in text, word
    assert text.count("who='Melderen', phone=''") == text.count("safe='Se i Varde.'") == 2


def test_a_plan_that_names_a_protected_address_is_not_printed(gjovik):
    case = way.case()
    parts = {"call": "Anne på 90 00 00 00", "places": f"Gå hjem til {ADDRESS} så fort du kan"}
    safety_actions.write_plan(case=case, parts=parts, agreed_on=None, seen="0", by=as_person("kari"))
    with seen_as("kari") as by:
        assert ADDRESS in repr(pack_of(by, now()))
    card_in(case.concern, address=ADDRESS, protection="strict")
    with seen_as("kari") as by:
        text = repr(pack_of(by, now()))
    assert ("Storgata" in text, "Anne på" in text, "Se i Varde. Den nevner en skjermet adresse." in text) == (
        False, False, True,
    )  # fmt: skip


def test_somebody_who_reported_for_themselves_is_in_the_pack_as_whom_it_is_about(gjovik):
    concern = told_concern(who="Eva Utsatt", reporter_name="Eva Utsatt", reporter_phone=PHONE)
    way.case("kari", concern=concern)
    card_in(concern, name="Eva Utsatt", phone=PHONE)
    plan = Plan("Eva Utsatt", PHONE, way.in_hours(3), way.person("kari"), "Hele dagen")
    callbacks_actions.plan(plan=plan, concern=concern, by=as_person("kari"))
    with seen_as("kari") as by:
        assert "Hele dagen" in repr(pack_of(by, now()))


def test_a_deputy_has_what_lies_in_the_inbox_and_no_case_of_others(gjovik):
    way.deputy("tom")
    in_inbox, case = way.opened(who="Åse Unik"), way.case()
    way.decided("more_info", concern=in_inbox, category="akutt")
    with seen_as("tom") as tom:
        pack, matters = pack_of(tom, now())
    assert matters == [in_inbox.id]
    assert "Åse Unik" in repr(pack)
    assert case.name not in repr(pack)


def test_who_comes_into_another_service_gets_a_new_pack(gjovik):
    """A deny row may name the service."""
    tom = way.deputy("tom")
    armed("tom")
    for row in (tom, TeamMember.objects.get(user=tom)):
        Holder.objects.filter(user=tom).update(stale_since=None)
        row.service = "Hjemmetjenesten"
        row.save(update_fields=["service"])
        assert Holder.objects.get(user=tom).stale_since
