"""Figures belong to those who were in the region in the quarter, not to those who are in it today."""

from datetime import timedelta
from uuid import uuid4

import pytest

from regional.statistics.handlers import WrongReturn, store_return
from regional.statistics.models import PooledReturn
from regional.statistics.queries import pool
from shared.codes.periods import Quarter, parse, quarter_of
from shared.post.handlers import Envelope
from shared.registry.queries import office_by_slug
from tests.cast import TEST, ref
from tests.regional.test_statistics_pool import letter
from tests.standing import OTHER_REGION, REGION, join, leave
from varde.clock import OSLO, now
from varde.tenancy.work import work

LONG_AGO = "2019Q3"


def sent(kommune: str, period: str, at=None, *, region: str = REGION) -> None:
    """The kommune's return of a period comes in."""
    with work(ref(region), TEST) as by:
        sender = office_by_slug(kommune)
        store_return(letter(sender.number, period), Envelope(uuid4(), sender, at or now()), by)


def pooled(period: str, *, region: str = REGION) -> set[str]:
    with work(ref(region), TEST) as by:
        return set(pool(parse(period), by).contributions)


def this_quarter() -> Quarter:
    return quarter_of(now().astimezone(OSLO).date())


def test_who_left_is_still_part_of_the_quarters_it_was_there(house):
    for kommune in ("gjovik", "ostre-toten"):
        sent(kommune, LONG_AGO)
    leave("ostre-toten")
    assert pooled(LONG_AGO) == {"Gjøvik", "Østre Toten"}


def test_who_came_later_is_no_part_of_what_was_before(house):
    leave("ostre-toten")
    join("ostre-toten", OTHER_REGION)
    sent("ostre-toten", LONG_AGO, region=OTHER_REGION)
    sent("ostre-toten", str(this_quarter()), region=OTHER_REGION)
    assert pooled(LONG_AGO, region=OTHER_REGION) == set()
    assert pooled(str(this_quarter()), region=OTHER_REGION) == {"Østre Toten"}


def test_who_left_is_not_asked_for_what_it_can_no_longer_send(house):
    with work(ref(REGION), TEST) as by:
        assert "Østre Toten" in {each.kommune for each in pool(parse(LONG_AGO), by).missing}
    leave("ostre-toten")
    with work(ref(REGION), TEST) as by:
        assert "Østre Toten" not in {each.kommune for each in pool(parse(LONG_AGO), by).missing}


def test_a_return_under_way_at_the_end_is_kept_and_one_sent_after_it_is_not(house):
    left = leave("ostre-toten")
    sent("ostre-toten", LONG_AGO, left - timedelta(seconds=5))
    with pytest.raises(WrongReturn, match="ikke en kommune i regionen"):
        sent("ostre-toten", "2019Q4", left + timedelta(seconds=5))
    with work(ref(REGION), TEST):
        assert PooledReturn.objects.values_list("period", flat=True).get() == LONG_AGO
