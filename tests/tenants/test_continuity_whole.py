"""A pack holds all that its reader must know, and the log knows of every matter that anything in it is of."""

from tenants.continuity.gathered import pack_of
from tenants.continuity.models import Holder
from tenants.persons.spoken_actions import Told, warn
from tenants.team.models import TeamMember
from tests.cast import as_person, seen_as
from tests.tenants import way
from tests.tenants.people import PHONE, card_in
from tests.tenants.test_continuity_pack import armed
from varde.clock import now


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
