"""Once a day: what is to be told, tasks from meetings, hand-overs without an answer, requests for access."""

from datetime import timedelta

from django.core import mail

from tenants.inbox.models import Concern
from tenants.meeting import decision_actions
from tenants.meeting.models import Item
from tenants.triage import tasks, tell_actions
from tenants.triage.carry_models import Carried
from tenants.triage.reminded_models import Reminded
from tenants.triage.tell_models import Telling
from tests.cast import TEST, as_person, ref
from tests.tenants import way
from tests.tenants.people import card_in
from tests.tenants.test_insight_way import asked
from tests.tenants.test_meeting_way import called
from tests.tenants.test_triage_tell import TODAY, telling
from varde.clock import now
from varde.identity.models import User
from varde.tenancy.work import work

SERVICE = "Hjemmetjenesten på Skolevegen"


def remind() -> list[str]:
    """Who was told in one round."""
    before = len(mail.outbox)
    tasks.remind_daily.run(ref("gjovik"))
    return sorted(to for message in mail.outbox[before:] for to in message.to)


def due_everywhere() -> Concern:
    """Something of each kind is due: Kari's, but for a task of Tom's that is about no matter."""
    concern = way.opened()
    telling(concern, days=1)
    telling(concern, days=5, duty="kommune")
    given = Carried(
        concern=concern, carrier="service", service=SERVICE, reason="De kjenner henne", waits=True,
        at=way.in_hours(-24 * 8), by_user=as_person("kari").user_id, by_name="Kari Koordinator",
    )  # fmt: skip
    given.save()
    asked(card_in(concern), days_ago=25)
    meeting = called()
    own = Item(meeting=meeting, position=9, why="own", title="Rutiner", added_at=now(), added_by_name="Kari")
    own.save(force_insert=True)
    way.person("tom")
    decision_actions.decide(item=own, step=way.step("tom", hours=20), by=as_person("kari"))
    decision_actions.decide(item=own, step=way.step("tom", hours=90), by=as_person("kari"))
    return concern


def test_what_is_due_in_every_room_is_told_in_one_mail_to_each_and_once(house):
    with work(ref("gjovik"), TEST):
        concern = due_everywhere()
    assert remind() == ["kari@gjovik.example", "tom@gjovik.example"]
    said = "\n".join(message.subject + message.body for message in mail.outbox)
    assert not any(words in said for words in ("barnevernet", SERVICE, "Ola", "Rutiner", str(concern.pk)))
    assert remind() == []
    with work(ref("gjovik"), TEST):
        assert Reminded.objects.count() == 4
        assert way.logged("triage.reminder", "send", concern.pk)
        # Another day is told anew, and what has been told, taken over or closed is told of no more.
        row = Telling.objects.get(due_on=TODAY + timedelta(days=1))
        tell_actions.change(telling=row, owner=row.owner, due_on=TODAY, seen=None, by=as_person("kari"))
    assert (remind(), remind()) == (["kari@gjovik.example"], [])
    with work(ref("gjovik"), TEST):
        again = telling(concern, owner="tom")
        Concern.objects.update(progress="closed")
    assert remind() == []  # the matter is over
    with work(ref("gjovik"), TEST):
        assert not Reminded.objects.filter(row_id=again.pk).exists()


def test_of_an_owner_who_has_left_the_coordinators_who_see_it_are_told(house):
    with work(ref("gjovik"), TEST):
        way.person("kari")
        telling(way.opened(), owner="tom")
        User.objects.filter(name="Tom Teammedlem").update(is_active=False)
    assert remind() == ["kari@gjovik.example"]
