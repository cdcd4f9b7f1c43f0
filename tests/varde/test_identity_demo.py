"""`varde seed-demo`: the demo's offices and people, in the test's own server."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import override_settings

from shared.registry.demo import wishes
from shared.registry.queries import office_by_slug
from tenants.cases.models import Case, Note
from tenants.closing.after_models import FollowUp
from tenants.continuity.models import Holder
from tenants.inbox.calls_models import Call, Callback
from tenants.inbox.models import Concern
from tenants.inbox.replies_models import ReporterReply
from tenants.insight.inquiry_models import InquiryAnswer
from tenants.insight.models import AccessRequest
from tenants.joined.models import Join
from tenants.kept.models import Bundle, DueMark
from tenants.measures.models import Measure
from tenants.measures.requests_models import Request
from tenants.measures.safety_models import SafetyPlan
from tenants.measures.sharing_models import Sharing
from tenants.meeting.models import Decision, Item, Meeting
from tenants.outreach.models import Activity
from tenants.persons.models import Person, PersonLink
from tenants.persons.spoken import SafetyWarning, VoiceEntry
from tenants.risk.models import Assessment
from tenants.team.partners_models import Partner
from tenants.team.register_models import Routine, Training
from tenants.team.rota_models import Absence, WeeklyShift
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.talk_models import Talk
from tests.cast import inside
from tests.client import anonymous
from varde import demo, demo_cast
from varde.access import Role
from varde.access.roles import roles_of
from varde.cli_errors import Complaint
from varde.identity.models import SavedView, User
from varde.tenancy.door import office

TOLD = (
    Absence, Activity, Assessment, Bundle, Call, Callback, Case, Concern, Decision, DueMark, DutyWeighed, FollowUp,
    Holder, Item, Join, Measure, Meeting, Note, Partner, Person, PersonLink, ReporterReply, Request, Routine,
    SafetyPlan, SafetyWarning, SavedView, Sharing, Talk, Training, VoiceEntry, WeeklyShift,
    AccessRequest, InquiryAnswer,
)  # fmt: skip


def test_everybody_can_log_in_and_a_second_run_changes_nothing(house, capsys, monkeypatch):
    monkeypatch.setattr(demo, "OFFICES", "tests.varde.demo_offices:seed")
    assert demo.main([]) == 0
    first = capsys.readouterr().out
    password = first.splitlines()[0].split()[-1]
    assert "http://gjovik.localhost:8000/inn" in first
    answer = anonymous("gjovik").post("/inn", {"login": "koordinator@gjovik.example", "password": password})
    assert answer["Location"] == "/start"
    gjovik = office_by_slug("gjovik")
    with office(gjovik):
        before = sorted(User.objects.values_list("id", "password"))
    told = what_is_told()
    assert all(told.values()), told
    assert demo.main([]) == 0
    assert capsys.readouterr().out == first
    with office(gjovik):
        assert sorted(User.objects.values_list("id", "password")) == before
    assert what_is_told() == told


def test_a_role_that_is_new_since_the_first_start_gets_its_account(house, monkeypatch):
    region, hashed = office_by_slug("gjovikregionen"), make_password("et passord")

    def people() -> set[str]:
        demo._people(region, 0, hashed, lambda user: user.password == hashed)
        with office(region):
            return set(User.objects.filter(password=hashed).values_list("email", flat=True))

    with monkeypatch.context() as before:
        before.setattr(demo, "roles_of", lambda kind: [role for role in roles_of(kind) if role != Role.SECRETARY])
        first = people()
    assert people() == first | {demo.email_of(Role.SECRETARY, region)}


def what_is_told() -> dict[str, int]:
    """How many rows the stories have laid in each table that a page of the team shows."""
    with inside("gjovik"):
        return {model._meta.label: model._default_manager.count() for model in TOLD}


def test_the_wishes_are_two_whole_regions():
    slugs = [wish.slug for wish in wishes()]
    assert slugs[:2] == ["drift", "gjovikregionen"]
    assert {"gjovik", "ostre-toten", "vestre-toten", "nordre-land", "sondre-land", "hamar", "loten"} <= set(slugs)
    assert [wish.slug for wish in wishes() if wish.host] == ["gjovik", "hamar"]
    assert [wish.slug for wish in wishes() if wish.facts.get("has_team") is False] == ["loten"]


def test_production_gets_no_demo_data():
    with override_settings(MODE="production"), pytest.raises(Complaint):
        demo.main([])


def test_nobody_acts_for_another_outside_of_the_demo():
    with override_settings(MODE="production"), pytest.raises(Complaint), demo_cast.acting(office_stub(), Role.LEADER):
        pass


def test_the_address_of_a_role():
    assert demo.email_of(Role.OPERATOR, office_stub()) == "operator@gjovikregionen.example"


def office_stub():
    from uuid import uuid4

    from varde.tenancy.door import OfficeRef

    return OfficeRef(uuid4(), "region", "gjovikregionen", "s", "l", "Gjøvikregionen", "", None, False)
