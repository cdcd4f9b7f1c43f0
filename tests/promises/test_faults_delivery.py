"""Whatever goes wrong between «send» and «opened»: nothing is lost, nothing is there twice, no screen says too much.

A few moments of each step here; `make bench` takes them all and prints the figures.
"""

from uuid import UUID

import pytest

from regional.hotline.models import Call
from tenants.inbox.models import Concern
from tests.cast import TEST, as_person, ref
from tests.promises import faults
from tests.regional.declared import declare
from varde.access import Role
from varde.identity.actions import invite
from varde.tenancy.work import work

REGION, KOMMUNE = "gjovikregionen", "gjovik"
MOMENTS = 3
# Steps that ring a bell, and steps that write a file: in the others there is nothing for the fault to hit.
STRIKES = {"broker": ("send", "store", "open", "heard"), "disk": ("send", "store", "settle")}


@pytest.fixture
def way(house, servers) -> faults.Way:
    declare("olga")
    kari = as_person("kari")
    with work(ref(KOMMUNE), "setup") as by:
        invite(email="kari@gjovik.example", name=kari.name, roles=[Role.COORDINATOR], by=by, user_id=kari.user_id)
    return faults.Way(ref(REGION), ref(KOMMUNE), as_person("olga"), kari, servers["dsn"])


def spread(events: int) -> list[int]:
    """The first, the last and some between."""
    return sorted({1, events, *(1 + number * events // MOMENTS for number in range(MOMENTS))})


@pytest.mark.parametrize("step", faults.STEPS)
@pytest.mark.parametrize("fault", faults.FAULTS)
def test_nothing_is_lost_or_doubled_and_no_screen_says_too_much(way, fault, step):
    moments = spread(faults.events_of(way, step)) if fault in faults.EVERY_EVENT else [1, 2]
    found = [faults.trial(way, step, fault, event) for event in moments]
    assert [(each.lost, each.doubled, each.early) for each in found] == [(0, 0, 0)] * len(found)
    assert all(each.struck for each in found) == (step in STRIKES.get(fault, faults.STEPS))


def test_the_screen_says_delivered_only_when_the_receipt_is_there(way):
    assert faults.trial(way, "store", "killed").early == 0


def test_the_yardstick_says_no(way, monkeypatch):
    """A receipt without a concern is lost, and a screen that says too much is counted."""
    monkeypatch.setattr(faults, "open_mail", lambda ref: 0)
    with pytest.raises(Concern.DoesNotExist):
        faults.trial(way, "send", "broker")
    with work(ref(REGION), TEST):
        letter = Call.objects.get().letter_id
    assert letter is not None
    assert faults._counted(way, *the_call()) == (1, 0)


def the_call() -> tuple[UUID, str]:
    with work(ref(REGION), TEST):
        row = Call.objects.get()
        return row.id, row.reference
