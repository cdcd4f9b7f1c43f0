"""Whatever goes wrong while a concern goes back to the phone and on to the right kommune: it ends there, once, with its
words and what was written of it, and the first copy ends."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import pytest

from regional.delivery import actions as delivery
from regional.delivery import tasks
from regional.delivery.models import Returned
from regional.hotline import actions
from regional.hotline.models import Call
from shared.post.actions import open_mail
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tenants.inbox.returned_actions import send_back
from tenants.inbox.returned_added import before
from tenants.inbox.returned_models import FromPhone
from tenants.inbox.returned_models import Returned as SentBack
from tenants.triage import notes_actions
from tests.cast import TEST, as_person, ref
from tests.promises import faults
from tests.promises.faults import TOLD, doing
from tests.promises.test_faults_delivery import way as way  # the fixture
from varde.access import Role
from varde.identity.actions import invite
from varde.privacy.errors import CannotOpen
from varde.refusal import Overtaken
from varde.tenancy.work import work

SECOND = "ostre-toten"
NOTE = "Bor hos søsteren."
STEPS = ("back", "came", "order", "redirect", "store", "settle", "open", "heard", "end")


@pytest.fixture
def two(way):
    nina = as_person("nina")
    with work(ref(SECOND), "setup") as by:
        invite(email="nina@ot.example", name=nina.name, roles=[Role.COORDINATOR], by=by, user_id=nina.user_id)
    return way


@dataclass(frozen=True, slots=True)
class Trip:
    """A concern that a person at the first kommune has opened and written a note of."""

    way: faults.Way
    call: UUID
    reference: str

    def found(self) -> Concern:
        return Concern.objects.get(reference=self.reference)

    def steps(self) -> dict[str, Callable[[], object]]:
        """By name; each may be done again."""
        kari, nina, olga = self.way.opener, as_person("nina"), self.way.operator

        def back() -> None:
            doing(kari, lambda: send_back(concern=self.found(), why="feil_kommune", suggested="", by=kari))

        def order() -> None:
            came = Returned.objects.get(reference=self.reference)
            with suppress(Overtaken):
                delivery.order(returned_id=came.id, to=ref(SECOND).id, by=olga)

        def opens() -> None:
            if self.found().progress == "received":
                open_concern(concern=self.found(), by=nina)

        return {
            "back": back,
            "came": lambda: open_mail(self.way.region),
            "order": lambda: doing(olga, order),
            "redirect": lambda: tasks.redirect.run(self.way.region),
            "store": lambda: open_mail(ref(SECOND)),
            "settle": lambda: open_mail(self.way.region),
            "open": lambda: doing(nina, opens),
            "heard": lambda: open_mail(self.way.region),
            "end": lambda: open_mail(self.way.kommune),
        }


def trip(way: faults.Way) -> Trip:
    kari, olga = way.opener, way.operator
    call = doing(olga, lambda: actions.start_call(by=olga))
    doing(olga, lambda: actions.forward(call_id=call.id, told=TOLD, to=way.kommune.id, by=olga))
    open_mail(way.kommune), open_mail(way.region)
    made = Trip(way, call.id, call.reference)
    doing(kari, lambda: open_concern(concern=made.found(), by=kari))
    doing(kari, lambda: notes_actions.write(concern=made.found(), text=NOTE, by=kari))
    open_mail(way.region)
    return made


def check(made: Trip) -> None:
    """It is at the second, once and whole; the region reads nothing of it; the first has only that it was sent back."""
    with work(ref(SECOND), TEST):
        there = made.found()
        notes = [note.text for note in before(FromPhone.objects.get(concern=there))]
        assert (there.what, bool(there.opened_at), notes) == (TOLD["what"], True, [NOTE])
    with work(made.way.region, TEST):
        call, came = Call.objects.get(id=made.call), Returned.objects.get(reference=made.reference)
        assert (call.state, bool(call.opened_at), came.state, came.content) == ("stored", True, "opened", {})
    with work(made.way.kommune, TEST):
        here = made.found()
        assert (here.progress, bool(SentBack.objects.get(concern=here).gone_at)) == ("returned", True)
        with pytest.raises(CannotOpen):
            _ = here.what


def events_of(way: faults.Way, step: str) -> int:
    made, count = trip(way), 0

    def one() -> None:
        nonlocal count
        count += 1

    for name, act in made.steps().items():
        if name == step:
            with faults.watched(one):
                act()
        else:
            act()
    check(made)
    return count


@pytest.mark.parametrize("step", STEPS)
def test_it_ends_at_the_right_kommune_once_and_whole(two, step):
    events = events_of(two, step)
    moments = sorted({1, (1 + events) // 2, events})
    for fault, at in (("killed", moments), ("database", moments[1:2]), ("twice", [1]), ("broker", [1]), ("clock", [1])):
        for event in at:
            made = trip(two)
            for name, act in made.steps().items():
                if name == step:
                    faults._strike(two, act, fault, event)
                act()
            check(made)


def test_the_yardstick_says_no(two):
    """A concern that has not come to the end of the way is no good one."""
    made = trip(two)
    for name, act in made.steps().items():
        if name != "end":
            act()
    with pytest.raises(AssertionError):
        check(made)
