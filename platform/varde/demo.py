"""`varde seed-demo`: the demo's offices and people. Run at every start; a second time it only finds what is there.

The rooms' own examples are named here and loaded when they are needed: the ground knows no room.
"""

# ruff: noqa: T201 - a command prints
import importlib
import secrets
import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from varde.access.roles import ROLES, Role, roles_of
from varde.audit.actions import Action, record
from varde.cli_errors import Complaint, Parser
from varde.clock import now
from varde.embedded.places import secret
from varde.embedded.process import spawn
from varde.identity.actions import invite
from varde.identity.models import User
from varde.notify.mail import address
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

OFFICES = "shared.registry.demo:seed"
# Each takes an office of its kind and says whether it put something in.
SEEDS = (
    ("region", "regional.lines.demo:seed"),
    ("region", "regional.phone.demo:seed"),  # nobody answers a phone before they have signed
    ("region", "regional.cooperation.demo:seed"),
    ("region", "regional.leaders.demo:seed"),
    ("region", "regional.hotline.demo:seed"),
    ("region", "regional.plan.demo:seed"),
    ("region", "regional.meetings.demo:seed"),  # after the plan and the leader team: the agenda is made of them
    ("region", "regional.onboarding.demo:seed"),
    ("kommune", "tenants.team.demo:seed"),
    ("kommune", "tenants.returns.demo:seed"),
    ("kommune", "tenants.reporting.demo:seed"),
    ("region", "regional.dashboard.demo:seed"),  # after the kommuner's figures: it gives them out
    ("region", "regional.bufdir.demo:seed"),
    # What the team of one kommune has to do, room by room.
    ("kommune", "tenants.team.register_demo:seed"),
    *(
        ("kommune", f"tenants.{room}.demo:seed")
        for room in (
            "inbox",
            "persons",
            "triage",
            "cases",
            "risk",
            "measures",
            "closing",
            "joined",
            "meeting",
            "insight",
            "continuity",
            "kept",
            "outreach",
            "raising",
            "starting",
        )
    ),
    ("region", "regional.matters.demo:seed"),  # after the kommuner: it answers what they have sent
)
ABREAST = frozenset({"tenants.returns.demo:seed"})
"""Seeds that take seconds in each office and nothing from another one: laid in several processes at once."""
_SYLLABLES = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]
_FIRST = ("Kari", "Ola", "Ingrid", "Per", "Anne", "Nils", "Berit", "Jon", "Solveig", "Lars", "Turid", "Odd", "Liv")
_LAST = ("Bakken", "Haugen", "Lien", "Moen", "Nygård", "Strand", "Dahl", "Berg", "Hagen", "Sørli", "Vik")


def main(argv: list[str]) -> int:
    """Provision, give everybody an account, put in the rooms' examples, and print who can log in where."""
    parser = Parser(prog="varde seed-demo", description="Demoens kontorer og brukere")
    parser.add_argument("--jobs", type=int, choices=range(1, 5), default=1, help="så mange prosesser den første gangen")
    parser.add_argument("--share", type=int, choices=range(1, 4), help="bare denne prosessens del av kommunene")
    args = parser.parse_args(argv)
    if settings.MODE not in ("demo", "test"):
        raise Complaint("Demodata kan bare legges inn i demoen.")
    offices: list[OfficeRef] = _load(OFFICES)()
    if args.share:
        _share(offices, args.share, args.jobs)
        return 0
    jobs = 1 if (settings.KEYS_DIR / "demo_password").exists() else args.jobs
    password = secret(settings.KEYS_DIR / "demo_password", make=_password)
    hashed = make_password(password)  # once for all: hashing is made to be slow
    fits = {hashed}
    for number, ref in enumerate(offices):
        _people(ref, number, hashed, lambda user: _fits(user, password, fits))
    for kind, dotted in SEEDS:
        of_kind = [ref for ref in offices if ref.kind == kind]
        _lay(dotted, of_kind, jobs if dotted in ABREAST else 1)
    print("\n".join(table(offices, password)))
    return 0


def _lay(dotted: str, refs: list[OfficeRef], jobs: int) -> None:
    """In every office, by so many processes. Raises Complaint when one of them failed."""
    helpers = [_helper(number, jobs) for number in range(1, jobs)]
    try:
        _seed(dotted, refs[::jobs])
    finally:
        failed = [helper for helper in helpers if helper.wait()]
    if failed:
        raise Complaint("Demodata for noen av kommunene kom ikke inn. Loggen sier hvorfor.")


def _helper(number: int, jobs: int) -> Any:
    """A process that lays its part; `wait` gives its status."""
    words = ("seed-demo", "--jobs", str(jobs), "--share", str(number))
    return spawn([sys.executable, "-m", "varde.cli", *words], log=settings.HOME / "log" / f"seed-{number}.log")


def _share(offices: list[OfficeRef], number: int, jobs: int) -> None:
    """What a helper does: its part of what is laid abreast."""
    for kind, dotted in SEEDS:
        if dotted in ABREAST:
            _seed(dotted, [ref for ref in offices if ref.kind == kind][number::jobs])


def _seed(dotted: str, refs: Iterable[OfficeRef]) -> None:
    seed = _load(dotted)
    for ref in refs:
        seed(ref)


def email_of(role: Role, ref: OfficeRef) -> str:
    """koordinator@gjovik.example"""
    return f"{role.value}@{ref.slug}.example"


def table(offices: Iterable[OfficeRef], password: str) -> list[str]:
    """Where and as whom to log in, one line per role and office."""
    lines = [f"Demoen: alle logger inn på /inn med passordet  {password}", ""]
    for ref in offices:
        lines.append(f"{ref.name}  {address(ref, '/inn')}")
        lines += [f"  {email_of(role, ref):<52}{ROLES[role].label}" for role in roles_of(ref.kind)]
    return lines


def _fits(user: User, password: str, fits: set[str]) -> bool:
    """Does the password let them in? Asked once of all who were given the same hash."""
    if user.has_usable_password() and user.password not in fits and check_password(password, user.password):
        fits.add(user.password)
    return user.password in fits


def _people(ref: OfficeRef, number: int, hashed: str, fits: Callable[[User], bool]) -> None:
    with work(ref, "setup") as by:
        seeded = False
        for place, role in enumerate(roles_of(ref.kind)):
            name = f"{_FIRST[(number * 5 + place) % len(_FIRST)]} {_LAST[(number * 3 + place) % len(_LAST)]}"
            user = User.objects.filter(email=email_of(role, ref)).first()
            known = user is not None
            user = user or invite(email=email_of(role, ref), name=name, roles=[role], by=by, since=_long_ago())
            seeded = fits(user) if place == 0 else seeded
            if known and seeded:
                continue  # by an earlier start, with this very password; a role that is new since then is still missing
            User.objects.filter(id=user.id).update(password=hashed)
            record(by=by, action=Action.CHANGE, what="identity.password", ids=[user.id])


def _long_ago() -> datetime:
    """Nobody in the demo is so new that a glass is not broken for them."""
    return now() - timedelta(days=30)


def _password() -> str:
    """Can be typed from a screen: three words of three syllables from 65, about 54 bits."""
    return "-".join("".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(3))


def _load(dotted: str) -> Any:
    module, _, name = dotted.partition(":")
    return getattr(importlib.import_module(module), name)
