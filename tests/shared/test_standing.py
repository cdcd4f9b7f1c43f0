"""Who works together: the rule, and that the database judges by the same one."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.registry.standing import ALWAYS, Party, Word, during, in_force, next_change, overlaps
from tests.cast import ref
from varde.tenancy.fleet import Connection, connect

DAY = timedelta(days=1)
R1, R2, K1, K2 = (uuid.UUID(int=number) for number in (1, 2, 3, 4))
OLD, NEW = uuid.UUID(int=11), uuid.UUID(int=12)


def day(number: int):
    return ALWAYS + number * DAY


def word(said_by, what="in", at=0, said=0, *, agreement=OLD, region=R1, kommune=K1, host=False) -> Word:
    return Word(agreement, region, kommune, said_by, what, day(at), day(said), host, uuid.uuid4())


BOTH = [word(R1), word(K1)]


def test_one_yes_is_not_enough():
    assert in_force([word(R1)], at=day(5)) == []
    assert in_force([word(K1)], at=day(5)) == []


def test_two_are_an_agreement_until_one_says_no():
    words = [*BOTH, word(K1, "out", at=5, said=3)]
    assert in_force(words, at=day(4)) == [Party(OLD, R1, K1, False, ALWAYS)]
    assert in_force(words, at=day(5)) == []


def test_what_is_said_later_counts_before_what_was_said_to_begin_later():
    words = [*BOTH, word(K1, "out", at=9, said=1), word(K1, "in", at=4, said=4)]
    assert in_force(words, at=day(10))


def test_a_break_is_seen_in_since_when():
    words = [*BOTH, word(K1, "out", at=5, said=5), word(K1, "in", at=8, said=8), word(R1, at=7, said=7)]
    assert [party.since for party in in_force(words, at=day(9))] == [day(8)]


@pytest.mark.parametrize(("leaves", "stays"), [(K1, R1), (R1, K1)])
def test_an_old_yes_is_no_answer_to_a_new_question(leaves, stays):
    words = [*BOTH, word(leaves, "out", at=5, said=5), word(leaves, "in", at=8, said=8)]
    assert in_force(words, at=day(9)) == []
    assert in_force([*words, word(stays, at=9, said=9)], at=day(9))


def test_a_yes_from_before_the_break_is_said_again_also_when_it_was_said_after_the_no():
    words = [*BOTH, word(K1, "out", at=9, said=1), word(R1, at=4, said=4, host=True), word(K1, at=12, said=5)]
    assert [bool(in_force(words, at=day(at))) for at in (8, 9, 12)] == [True, False, False]
    assert in_force([*words, word(R1, at=12, said=6)], at=day(12))


def test_a_no_taken_back_before_it_began_never_was():
    words = [*BOTH, word(K1, "out", at=9, said=1), word(K1, at=4, said=4)]
    assert [party.since for party in in_force(words, at=day(10))] == [ALWAYS]


def test_the_host_is_what_the_region_says():
    words = [word(R1, host=True), word(K1), word(R1, at=3, said=3)]
    assert [party.host for at in (2, 4) for party in in_force(words, at=day(at))] == [True, False]
    assert not in_force([word(R1), word(K1, host=True)], at=day(1))[0].host


def test_a_renewed_agreement_goes_before_the_old_one():
    words = [*BOTH, word(R1, at=2, said=2, agreement=NEW), word(K1, at=2, said=2, agreement=NEW)]
    assert [party.agreement for at in (1, 3) for party in in_force(words, at=day(at))] == [OLD, NEW]


def test_two_regions_at_once_are_found_also_when_they_begin_later():
    words = [*BOTH, word(R2, at=7, said=1, region=R2), word(K1, at=7, said=1, region=R2)]
    assert overlaps(words) == [K1]
    assert overlaps([*words, word(K1, "out", at=7, said=1)]) == []


def test_those_who_left_were_there_during_the_period():
    words = [*BOTH, word(K1, "out", at=5, said=5), word(R1, kommune=K2), word(K2, kommune=K2)]
    assert {party.kommune for party in during(words, start=day(3), end=day(9))} == {K1, K2}
    assert {party.kommune for party in during(words, start=day(5), end=day(9))} == {K2}


def test_the_next_change_is_the_next_that_begins():
    assert next_change([*BOTH, word(K1, "out", at=5), word(K1, at=9)], after=day(5)) == day(9)
    assert next_change(BOTH, after=day(1)) is None


# --- the database judges by the same rule ----------------------------------------------------------------------------
@contextmanager
def as_owner(*, checked: bool) -> Iterator[Connection]:
    """As the owner of the tables, in a transaction that is rolled back; without the check if wanted."""
    with connect() as connection:
        connection.execute("DELETE FROM registry_standing")
        if not checked:
            connection.execute("ALTER TABLE registry_standing DISABLE TRIGGER holds")
        yield connection
        connection.rollback()


def lay(connection: Connection, said: Word) -> None:
    connection.execute(
        "INSERT INTO registry_standing (agreement, region, kommune, said_by, word, at, said_at, host, id)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [said.agreement, said.region, said.kommune, said.said_by, said.word, said.at, said.said_at, said.host, said.id],
    )


def offices() -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    regions = [ref(slug).id for slug in ("gjovikregionen", "naboregionen")]
    return regions, [ref(slug).id for slug in ("gjovik", "nabo")]


DRAWN = st.lists(
    st.tuples(
        st.integers(0, 1), st.integers(0, 1), st.integers(0, 1), st.booleans(), st.sampled_from(["in", "in", "out"]),
        st.integers(0, 6), st.booleans(),
    ),
    max_size=14,
)  # fmt: skip


def story(drawn) -> list[Word]:
    """Words in the order in which they are said, each to begin somewhere."""
    regions, kommuner = offices()
    return [
        Word(
            (OLD, NEW)[agreement], regions[region], kommuner[kommune],
            regions[region] if theirs else kommuner[kommune], what, day(at), day(number), host,
            uuid.UUID(int=number + 1),
        )
        for number, (agreement, region, kommune, theirs, what, at, host) in enumerate(drawn)
    ]  # fmt: skip


@given(DRAWN)
@settings(max_examples=60)
def test_rule_and_database_agree_on_who_is_in_which_region(house_once, drawn):
    words = story(drawn)
    with as_owner(checked=False) as connection:
        for said in words:
            lay(connection, said)
        for kommune, at in product(offices()[1], range(-1, 8)):
            mine = {party.kommune: party for party in in_force(words, at=day(at))}.get(kommune)
            theirs = connection.execute(
                "SELECT registry_region_at(%(k)s, %(t)s), registry_host_at(%(k)s, %(t)s)",
                {"k": kommune, "t": day(at)},
            ).fetchone()
            assert theirs == ((mine.region, mine.host) if mine else (None, False))


@given(DRAWN)
@settings(max_examples=60)
def test_no_story_puts_a_kommune_in_two_regions_or_two_hosts_in_one(house_once, drawn):
    """What the database lets through is exactly what the rule lets through."""
    kept: list[Word] = []
    with as_owner(checked=True) as connection:
        for said in story(drawn):
            tried = [*kept, said]
            try:
                with connection.transaction():
                    lay(connection, said)
            except psycopg.errors.CheckViolation:
                assert overlaps(tried) or two_hosts(tried)
            else:
                kept = tried
                assert not overlaps(kept)
                assert not two_hosts(kept)


def two_hosts(words: list[Word]) -> bool:
    for at in {said.at for said in words}:
        hosts = [party.region for party in in_force(words, at=at) if party.host]
        if len(hosts) != len(set(hosts)):
            return True
    return False


@pytest.fixture(scope="module")
def house_once(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield
