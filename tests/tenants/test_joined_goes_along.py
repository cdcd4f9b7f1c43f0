"""What goes along when two matters become one: how a danger is known, links, tasks from meetings; and who may join."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from tenants.cases.actions import add_member
from tenants.inbox.models import Concern
from tenants.joined.duties import open_duties
from tenants.joined.models import Join
from tenants.measures import sharing_actions, sharing_queries
from tenants.measures.models import Measure
from tenants.measures.sharing_models import Sharing
from tenants.meeting import decision_actions
from tenants.meeting.models import Decision
from tenants.persons.spoken import SafetyWarning
from tenants.persons.spoken_actions import Told, warn
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import text_of
from tests.tenants.test_joined_way import WHY, join
from tests.tenants.test_measures_sharing import decision
from tests.tenants.test_meeting_way import called, late_case, point_of
from varde.clock import now


def test_dangers_links_and_tasks_go_along_and_each_is_told_of(gjovik):
    kari, kept, gone = as_person("kari"), way.case(), late_case()
    told = Told("dog", "Løs hund", way.in_hours(200).date(), None, "", "Hjemmetjenesten så den i går")
    warn(concern=gone.concern, told=told, by=kari)
    links = [
        sharing_actions.share(concern=gone.concern, decision=decision(recipient=name), by=kari)[0]
        for name in ("A", "B")
    ]
    point = point_of(called(), gone)
    for text in ("Søke om verge", "Ringe banken"):
        decision_actions.decide(item=point, step=replace(way.step(), text=text), by=kari)
    page = text_of(client_for("kari"), f"/innboks/{gone.concern_id}/sla-sammen?andre={kept.concern_id}")
    for said in ("Engangslenke: til A", "kan mottakeren fortsatt åpne den", "Oppgave fra møte: Søke om verge"):
        assert said in page
    dropped = {f"lenke-{links[1].id}"} | {
        f"oppgave-{one.id}" for one in Decision.objects.all() if one.text == "Ringe banken"
    }
    carried = [duty.key for duty in open_duties(gone.concern) if duty.key not in dropped]
    join(gone.concern, kept.concern, carried=carried, ended_because="Trengs ikke lenger")
    assert [row.ground for row in SafetyWarning.objects.filter(concern=kept.concern)] == [
        "Hjemmetjenesten så den i går"
    ]
    standing = {row.pk: sharing_queries.standing_of(row, now()) for row in Sharing.objects.all()}
    assert standing == {links[0].pk: "waiting", links[1].pk: "revoked"}
    assert [row.title for row in Measure.objects.filter(case=kept)] == ["Søke om verge"]
    assert {row.text: row.came_of for row in Decision.objects.all()} == {
        "Søke om verge": "Ført videre i en annen sak.",
        "Ringe banken": "Trengs ikke lenger",
    }


def test_only_a_coordinator_joins_and_only_what_is_closed_into_what_is_under_way(gjovik):
    """As an injection would, past every action."""
    one, other, over = way.case(), way.case(), way.case()
    for case in (one, other):
        add_member(case=case, user=way.person("tom"), by=as_person("kari"))
    Concern.objects.filter(pk=over.concern_id).update(progress="closed")
    for name, gone, kept, why in (
        ("tom", one, other, "a coordinator joins"),
        ("kari", one, other, "is closed"),
        ("kari", over, over, "two matters"),
        ("kari", one, over, "is closed"),
    ):
        with seen_as(name) as by:
            row = Join(concern=gone.concern, into=kept.concern, reason=WHY, at=now(), by_user=by.user_id, by_name="x")
            with pytest.raises(ProgrammingError, match=why), transaction.atomic():
                row.save(force_insert=True)
    row = join(one.concern, other.concern)
    with seen_as("tom"), pytest.raises(ProgrammingError, match="a coordinator"), transaction.atomic():
        Join.objects.filter(pk=row.pk).update(ended_at=now(), ended_by_name="x")
