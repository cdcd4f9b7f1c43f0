"""Switches around the rota and those who answer the shared phone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import rewrite

REGION = "region_gjovikregionen"


@in_code
def a_swap_is_followed_one_step() -> None:
    replace("varde.rota:_taker", lambda person, instead: instead.get(person, person))


@in_code
def the_clock_never_changes() -> None:
    """Every day is counted as in winter."""

    def winter(day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, UTC) - timedelta(hours=1)

    replace("varde.rota:moment", winter)
    replace("varde.rota:end_of", lambda day, a, b: winter(day + timedelta(days=b <= a), b))


@in_code
def who_has_left_never_answered() -> None:
    from varde import rota

    whole = rota._people

    def people(plan: Any, duties: Any, at: Any) -> Any:
        from dataclasses import replace as changed

        return whole(changed(plan, here_since=None), duties, at)

    replace("varde.rota:_people", people)


@in_code
def nobody_needs_to_sign() -> None:
    replace("regional.phone.access:has_declared", lambda user_id: True)


@in_code
def an_ended_address_still_works() -> None:
    """The calendar's address is looked up by its hash, and nothing more is asked."""

    def whose(plan: Any, secret: str) -> Any:
        from varde.rotas.feeds import hash_of

        rows = plan.tables.feed._default_manager.filter(secret_hash=hash_of(secret))
        return rows.values_list("user_id", flat=True).first()

    replace("varde.rotas.feeds:whose", whose)


@in_code
def notes_are_never_ended() -> None:
    replace("regional.phone.handover_actions:end_old", lambda by: 0)


@in_database
def a_signature_outlives_the_role() -> None:
    rewrite("phone_signed(uuid)", "AND g.granted_at <= d.signed_at", "", schema=REGION)


@in_code
def who_has_not_signed_has_the_phone() -> None:
    from collections import defaultdict

    class Everybody(defaultdict[Any, date]):
        def get(self, *_: Any) -> date:
            return date(2100, 1, 1)

    replace("regional.phone.plan:signed_until", Everybody)
