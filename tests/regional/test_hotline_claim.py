"""Everybody's telephone rings at once and all of them press: everything is committed, each on a line of their own."""

import threading
import uuid

from django.db import connections, transaction

from regional.hotline import ringing_actions
from regional.hotline.models import Call
from regional.phone.declaration_actions import sign
from regional.phone.declaration_queries import in_force
from tests.cast import TEST, ref
from tests.regional.operators import REGION, ring
from varde.access import Role
from varde.access.reader import Reader
from varde.access.ticket import presented
from varde.audit.trail import trail
from varde.identity.actions import invite
from varde.refusal import Overtaken
from varde.tenancy.door import office
from varde.tenancy.work import work

OPERATORS = 6


def operator(number: int) -> Reader:
    """One who has an account and has signed."""
    by = Reader(ref(REGION), uuid.uuid4(), f"Operatør {number}", frozenset({Role.OPERATOR}))
    with work(ref(REGION), "setup") as setup:
        email = f"operator{number}@x.example"
        invite(email=email, name=by.name, roles=[Role.OPERATOR], by=setup, user_id=by.user_id)
    with work(ref(REGION), TEST), presented(by):
        sign(read=in_force().sha256, by=by)
    return by


def presses(call_id: uuid.UUID, by: Reader, start: threading.Barrier, told: list[str]) -> None:
    """As a request does it; what this one is told."""
    try:
        start.wait(10)
        with office(ref(REGION)), transaction.atomic(), trail() as rows, presented(by):
            try:
                ringing_actions.claim(call_id=call_id, by=by)
                told.append("mine")
            except Overtaken as late:
                told.append(str(late))
            rows.flush()
    finally:
        connections.close_all()


def test_of_many_who_press_at_once_one_has_the_call(house):
    people = [operator(number) for number in range(OPERATORS)]
    with work(ref(REGION), TEST):
        call_id = ring()
    start, told = threading.Barrier(OPERATORS), list[str]()
    threads = [threading.Thread(target=presses, args=(call_id, by, start, told)) for by in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    with work(ref(REGION), TEST):
        call = Call.objects.get(id=call_id)
    assert sorted(told) == ["Tatt av " + call.operator_name + "."] * (OPERATORS - 1) + ["mine"]
    assert call.operator in [by.user_id for by in people]
