"""Asking how far the kommune has come. The same answer for everybody who may see it, and for the nightly letter."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from shared.codes.starting import steps as listed
from shared.registry.facts_actions import Facts, own_facts
from shared.registry.queries import facts, region_of
from tenants.inbox.returned_models import Trial
from tenants.kept.queries import classes
from tenants.starting.models import Asked, Document, Said
from tenants.starting.steps import Known, Standing, Word, standings
from tenants.team import queries as team
from tenants.team import register_queries, rota_queries
from tenants.team.models import TeamMember
from tenants.team.partners_queries import lacks_police_contact
from tenants.team.register_models import Mandate, Routine
from tenants.team.rota_models import OpeningHours
from tenants.team.services import POLICE
from varde.access import Reader, Role
from varde.clock import now
from varde.identity.queries import people
from varde.tenancy.directory import facts_of
from varde.ui.dates import day_of


def standing(by: Reader) -> list[Standing]:
    """Every step as it stands now."""
    return standings(listed(), known(by, day_of(now())), words(), documented())


def known(by: Reader, today: date) -> Known:
    """What the platform knows of the office."""
    registry, region = facts(by.office), region_of(by.office)
    asked, trial = Asked.objects.order_by("-at").first(), Trial.objects.order_by("-opened_at", "-at")
    opened = trial.filter(opened_at__isnull=False).first()
    came = trial.filter(opened_at__isnull=True).first()
    decided = classes().values()
    return Known(
        region=region.name if region else "",
        coordinators=len(people(Role.COORDINATOR)),
        **_team(today),
        mandate=Mandate.objects.order_by("-decided_on").values_list("decided_on", flat=True).first(),
        routines=Routine.objects.count(),
        classes=len(decided),
        undecided=sum(not one.decided for one in decided),
        phone=registry.phone,
        hours=registry.phone_hours,
        published=bool(facts_of(by.office).get("phone_service")),
        accessibility=registry.accessibility_url,
        opening=OpeningHours.objects.exists(),
        rota=rota_queries.in_use(),
        asked_at=asked.at if asked else None,
        came_at=came.at if came else None,
        opened_at=opened.opened_at if opened else None,
        has_team=registry.has_team,
        started_on=registry.started_on,
    )  # fmt: skip


def _team(today: date) -> dict[str, Any]:
    """The team in counts: how many, with a place, certified, trained, and which services nobody is from."""
    found, around = team.team(today), team.around(today)
    register = register_queries.people(today, [])
    lacking = [one for one in team.services_without_member(found, around) if one != POLICE]
    placed = set(TeamMember.objects.exclude(service="").values_list("user_id", flat=True))
    return {
        "team": len(found),
        "placed": sum(one.user.id in placed for one in found),
        "lacking": tuple(lacking),
        "police": not lacks_police_contact() or POLICE not in team.services_without_member(found, around),
        "secrecy": sum(one.secrecy is not None for one in register),
        "certified": sum(one.rite in ("ok", "soon") for one in found),
        "trained": sum(not one.lacks for one in register),
    }


def words() -> dict[str, Word]:
    """What was last said of each step; nothing of those that were taken back."""
    newest: dict[str, Word] = {}
    for row in Said.objects.order_by("at", "id"):
        newest[row.step] = Word(row.state, row.text, row.by_name, row.at, row.day)  # type: ignore[arg-type]
    return {code: word for code, word in newest.items() if word.state != "open"}


def history(step: str) -> list[Said]:
    """Everything that was said of a step, the newest first."""
    return list(Said.objects.filter(step=step).order_by("-at", "-id"))


def seen_of(step: str) -> str:
    """What was last said of a step, for a page to send back; "" for nothing."""
    newest = next(iter(history(step)), None)
    return str(newest.id) if newest else ""


def documented() -> set[str]:
    """Steps that have a document."""
    return set(Document.objects.values_list("step", flat=True))


def documents(step: str) -> list[Document]:
    """A step's documents without their content, the newest first."""
    return list(Document.objects.filter(step=step).defer("content").order_by("-at", "-id"))


def asked() -> list[Asked]:
    """When a test concern was asked for, the newest first."""
    return list(Asked.objects.order_by("-at", "-id"))


def trials() -> list[Trial]:
    """The test concerns that have come, the newest first."""
    return list(Trial.objects.order_by("-at", "-id"))


def groups(found: Sequence[Standing]) -> list[tuple[str, list[Standing]]]:
    """The steps under the headings of the list, in its order."""
    order = dict.fromkeys(one.step.group for one in found)
    return [(group, [one for one in found if one.step.group == group]) for group in order]


def counts(found: Sequence[Standing]) -> Counter[str]:
    """How many are in each state."""
    return Counter(one.state for one in found)


__all__ = [
    "Facts", "asked", "counts", "documented", "documents", "groups", "history", "known", "own_facts",
    "seen_of", "standing", "trials", "words",
]  # fmt: skip
