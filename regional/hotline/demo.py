"""The demo's calls: one of each that an operator meets, made by the operators with the buttons' own actions.

One rings at every start. The telephone system's token lies in `KEYS_DIR/demo_telephone_token`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from secrets import token_hex

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from regional.hotline import actions, announcing_actions, callbacks_actions, passing_actions, ringing_actions
from regional.hotline.models import Call
from regional.hotline.ringing import Said
from regional.phone.declaration_actions import sign
from regional.phone.declaration_queries import declared, in_force
from shared.registry.queries import office_by_slug
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.audit.trail import trail
from varde.clock import now
from varde.demo_cast import then
from varde.embedded.places import secret
from varde.identity.models import User
from varde.identity.queries import people, reader_of
from varde.machines.actions import give
from varde.machines.models import Machine
from varde.tenancy.door import OfficeRef, office
from varde.tenancy.work import work
from varde.ui.dates import day_of

TOLD_IN, SENT_TO = "gjovikregionen", "nordre-land"
TOKEN = "demo_telephone_token"  # noqa: S105 - the name of a file
EARLIER = {"advice": 16, "wrong_number": 9, "spam": 4, "hung_up": 11}
"""Calls in each half-year of last year, by what came of them."""
_OPEN = {
    "reporter_kind": "privat",
    "what": "Moren hans får ikke penger til mat. Sønnen har kortet hennes.",
    "who": "Kvinne, rundt 80 år",
    "where_lives": "2827 Hunndalen",
    "safe_person": "Formiddagen, når sønnen er på jobb.",
}
_SENT = {
    "reporter_kind": "ansatt",
    "what": "Blåmerker på armene, og hun vil ikke si hvordan hun fikk dem.",
    "where_lives": "Dokka",
}
_OFFERED = {"reporter_kind": "privat", "what": "Hører roping hver kveld fra leiligheten under."}
_WHOM = {
    "who": "Naboen i nummer 4",
    "phone": "+4790000421",
    "safe": "Etter kl. 17, når hun er hjemme alene.",
    "unsaid": "Ikke si hvor vi ringer fra hvis en mann tar telefonen.",
    "about": "Ville fortelle mer når barna var lagt.",
}


def seed(region: OfficeRef) -> bool:
    """False in another region, and where nobody answers the phone."""
    if region.slug != TOLD_IN:
        return False
    machine = _token(region)
    operators = _operators(region)
    if len(operators) < 2:
        return False
    with work(region, "machine"):
        new = not Call.objects.exists()
    if new:
        _lay(region, operators[0], operators[1], machine)
    _ring(region, machine, "+4790000467")
    return new


def _operators(region: OfficeRef) -> list[Reader]:
    """Everybody who answers, with the demo's password and a signature."""
    with work(region, "setup"):
        found = people(Role.OPERATOR)
        without = [user.pk for user in found if not user.has_usable_password()]
        if without:
            hashed = make_password(secret(settings.KEYS_DIR / "demo_password", make=_password))
            User.objects.filter(id__in=without).update(password=hashed)
        found.sort(key=lambda user: not user.email.startswith(f"{Role.OPERATOR.value}@"))
        readers = [reader_of(user, region) for user in found]
    for by in readers:
        with _as(by):
            if by.user_id and not declared(by.user_id):
                sign(read=in_force().sha256, by=by)
    return readers


def _password() -> str:
    raise LookupError("demoens passord er ikke laget ennå")


@contextmanager
def _as(by: Reader) -> Iterator[None]:
    with office(by.office), transaction.atomic(), trail() as rows, presented(by):
        yield
        rows.flush()


def _token(region: OfficeRef) -> Machine:
    """The telephone system's, made once; the file is nobody else's to read."""
    path = settings.KEYS_DIR / TOKEN
    with work(region, "setup") as by:
        found = Machine.objects.filter(name="Demoens telefonsystem").first()
        if found is not None and path.exists():
            return found
        machine, token = give(name="Demoens telefonsystem", scopes=["calls", "lines"], days=365, by=by)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(token)
    return machine


def _ring(region: OfficeRef, machine: Machine, caller: str) -> str:
    call_id = f"demo-{token_hex(6)}"
    body = {"call_id": call_id, "from": caller}
    with work(region, "machine") as by:
        announcing_actions.hear(said=Said(call_id, "ringing", caller, "", None), body=body, machine=machine, by=by)
    return call_id


def _lay(region: OfficeRef, first: Reader, second: Reader, machine: Machine) -> None:
    with then(hours=3), _as(first):
        wrong = actions.start_call(by=first)
        actions.end(call_id=wrong.id, kind="wrong_number", by=first)
    to = office_by_slug(SENT_TO)
    if to is not None:
        with then(hours=2), _as(first):
            sent = actions.start_call(by=first)
            actions.forward(call_id=sent.id, told=_SENT, to=to.id, by=first)
    with then(minutes=50):
        missed = _ring(region, machine, "withheld")
    with then(minutes=49), work(region, "machine") as by:
        ended = {"call_id": missed, "event": "ended"}
        announcing_actions.hear(said=Said(missed, "ended", "", "", None), body=ended, machine=machine, by=by)
    _talking(region, first, second, machine)
    _earlier(first)


def _earlier(by: Reader) -> None:
    """What came of calls in the half-years that the region gives figures out for."""
    today = day_of(now())
    for half in (1, 2):
        for place, kind in enumerate(kind for kind, number in EARLIER.items() for _ in range(number)):
            rang = date(today.year - 1, 6 * half - 5, 1) + timedelta(days=4 * place)
            with then(days=(today - rang).days), _as(by):
                call = actions.start_call(by=by)
                actions.end(call_id=call.id, kind=kind, by=by)


def _talking(region: OfficeRef, first: Reader, second: Reader, machine: Machine) -> None:
    with then(minutes=6):
        _ring(region, machine, "+4790000412")
    with then(minutes=5), _as(first):
        rang = Call.objects.filter(state="ringing").get()
        mine = ringing_actions.claim(call_id=rang.id, by=first)
        actions.save_draft(call_id=mine.id, told=_OPEN, by=first)
    with then(minutes=4), _as(second):
        theirs = actions.start_call(by=second)
        actions.save_draft(call_id=theirs.id, told=_OFFERED, by=second)
        place = {"field": "where_lives", "scroll": 0}
        said = "Mangler hvor de bor. Hun ringer fra gangen og kan snakke i fem minutter."
        passing_actions.offer(call_id=theirs.id, to=first.user_id, said=said, place=place, by=second)
    with _as(first):
        soon = now() + timedelta(minutes=10)
        callbacks_actions.promise(whom=_WHOM, due_at=soon, by=first, reference=mine.reference)
    with then(hours=1), _as(second):
        late = now() + timedelta(minutes=15)
        callbacks_actions.promise(whom=_WHOM | {"who": "Hjemmesykepleieren"}, due_at=late, by=second, shifts=True)
