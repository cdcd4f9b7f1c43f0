"""Keeping the register of what operators have learnt."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import transaction

from regional.phone import training_queries as queries
from regional.phone.training_models import Course, CourseList
from shared.codes.courses import Course as Listed
from varde import turn
from varde.access import Permission, Reader
from varde.access.reader import require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.days import check_been
from varde.identity.models import User
from varde.refusal import Refused, check_seen, overtaken
from varde.retention.rules import months_after
from varde.ui.dates import day_of


@transaction.atomic
def add_course(
    *, user: User, code: str, done_on: date, by: Reader, until: date | None = None, holder: str = ""
) -> Course:
    """Somebody has done a course. Without `until` it holds as long as the list says; raises Refused for another code,
    a day to come, and an end before the beginning."""
    if by.purpose != "setup":
        require(by, Permission.HOTLINE_MANAGE)
    listed = {one.code: one for one in queries.courses()}
    if code not in listed:
        raise Refused("Kurset står ikke på listen. Velg et annet, eller legg det til i listen først.")
    check_been(done_on, day_of(now()))
    months = listed[code].months
    end = until or (months_after(done_on, months) if months else None)
    if end is not None and end < done_on:
        raise Refused("Kurset går ut før det er tatt. Se over datoene.")
    row = Course(
        user=user, code=code, holder=holder, done_on=done_on, until=end, made_at=now(), made_by_name=by.name[:200]
    )
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="phone.course", ids=[user.id])
    return row


@transaction.atomic
def take_back_course(*, course: Course, reason: str, by: Reader) -> None:
    """It was entered by mistake: it counts no more, and stays. Raises Refused without a reason, and twice."""
    require(by, Permission.HOTLINE_MANAGE)
    row = Course.objects.select_for_update().get(pk=course.pk)
    if row.gone_at is not None:
        raise Refused(f"{row.gone_by_name} har alt merket dette som feilført: {row.gone_reason}")
    if not reason:
        raise Refused("Skriv hva som er feil.")
    row.gone_at, row.gone_by_name, row.gone_reason = now(), by.name[:200], reason
    row.save(update_fields=["gone_at", "gone_by_name", "gone_reason"])
    record(by=by, action=Action.CHANGE, what="phone.course", ids=[row.user_id], reason="feilført")


@transaction.atomic
def load_courses(*, courses: Iterable[Listed], by: Reader, seen: str | None = None) -> None:
    """The host's own list from now on, after the one that was `seen` (its id, "" for none). Raises Overtaken."""
    require(by, Permission.HOTLINE_MANAGE)
    turn.wait_for("phone.courses")
    newest = queries.newest_list()
    told = overtaken(newest.loaded_by_name, newest.loaded_at) if newest else overtaken()
    check_seen(seen, str(newest.pk) if newest else "", told)
    row = CourseList(courses=[asdict(one) for one in courses], loaded_at=now(), loaded_by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="phone.courses", ids=[row.id])
