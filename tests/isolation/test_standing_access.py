"""No moment with access outside an agreement: offices say yes and no at random, to being in it and to lending people,
people are lent back and forth, and after every move everything that can be asked is compared with a slow oracle that
only knows what was said.

The database has its own clock, so what begins later is asked for with its time.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product

from django.db import DatabaseError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shared.post.models import SealedLetter
from shared.registry.lends_queries import about
from shared.registry.models import Office
from shared.registry.queries import kommuner_of
from tests.cast import TEST, ref
from tests.client import log_in
from tests.standing import OTHER_REGION, REGION, lend_of, speak, speak_of
from varde.access import Role
from varde.access.ticket import presented
from varde.clock import now
from varde.identity import queries
from varde.identity.actions import set_lender
from varde.identity.models import User
from varde.refusal import Refused
from varde.tenancy.door import office
from varde.tenancy.fleet import connect
from varde.tenancy.work import work

REGIONS = (REGION, OTHER_REGION)
KOMMUNER = ("gjovik", "ostre-toten", "nabo")
# Who may be lent where; each begins with the lender given, as far as the agreement lets it.
PEOPLE = {
    "leif": (REGION, "ostre-toten", Role.LEADER_TEAM),
    "nora": (OTHER_REGION, "nabo", Role.LEADER_TEAM),
    "mona": ("gjovik", "ostre-toten", Role.TEAM_MEMBER),
}
HOUR = timedelta(hours=1)
AFTER = st.sampled_from([timedelta(0), timedelta(0), HOUR, 2 * HOUR])


@dataclass
class Oracle:
    """(agreement, region, kommune, who said it, word, from when) in the order in which it was said."""

    said: list[tuple[uuid.UUID, str, str, str, str, datetime]] = field(default_factory=list)
    # What: (agreement, region, lender, place, role), who said it, word, from when, and how much was said before it.
    lent: list[tuple[tuple[uuid.UUID, str, str, str, str], str, str, datetime, int]] = field(default_factory=list)

    def region_at(self, kommune: str, at: datetime) -> set[str]:
        """The regions in which a kommune is: never more than one."""
        return {region for _, region in self.bonds_at(kommune, at)}

    def bonds_at(self, kommune: str, at: datetime) -> list[tuple[uuid.UUID, str]]:
        """The agreements in which a kommune is, with their region; what was said last decides, and stands first."""
        found = []
        for agreement, region in {(each[0], each[1]) for each in self.said if each[2] == kommune}:
            bond = (agreement, region, kommune)
            if self.is_yes(bond, region, kommune, at) and self.is_yes(bond, kommune, region, at):
                last = max(self.stance(bond, side, at) or 0 for side in (region, kommune))
                found.append((last, agreement, region))
        return [each[1:] for each in sorted(found, reverse=True)]

    def is_yes(self, bond: tuple[uuid.UUID, str, str], side: str, other: str, at: datetime) -> bool:
        """A yes that stands: the newest that has begun, with no break by the other side after it was given."""
        newest = self.stance(bond, side, at)
        if newest is None or self.said[newest][4] != "in":
            return False
        breaks = [n for n, each in enumerate(self.said) if each[:4] == (*bond, other) and each[4] == "out"]
        begun = [n for n in breaks if self.said[n][5] <= at and self.stance(bond, other, self.said[n][5]) == n]
        return all(newest > n and self.said[newest][5] >= self.said[n][5] for n in begun)

    def stance(self, bond: tuple[uuid.UUID, str, str], side: str, at: datetime) -> int | None:
        """Where in `said` the newest word of a side is that has begun."""
        begun = [n for n, each in enumerate(self.said) if each[:4] == (*bond, side) and each[5] <= at]
        return begun[-1] if begun else None

    def twice(self) -> bool:
        """Would some kommune at some time be in two regions?"""
        times = {each[5] for each in self.said}
        return any(len(self.region_at(kommune, at)) > 1 for kommune, at in product(KOMMUNER, times))

    def is_here(self, lender: str | None, place: str, role: str, at: datetime) -> bool:
        """Is somebody with this role lent to the place by the lender, or the place's own?"""
        if lender is None:
            return True
        bond = next(iter(self.bonds_at(lender, at)), None)
        if bond is None or lender == place:
            return False
        if place not in REGIONS and next(iter(self.bonds_at(place, at)), None) != bond:
            return False
        key = (*bond, lender, place, role)
        return (place not in REGIONS or place == bond[1]) and all(
            self.lends(key, side, at) for side in {bond[1], lender, place}
        )

    def lends(self, key: tuple[uuid.UUID, str, str, str, str], side: str, at: datetime) -> bool:
        """A yes to a lend that stands: no break of it by another, and none of the agreement, since it was given."""
        of_it = [(n, each) for n, each in enumerate(self.lent) if each[0] == key]

        def newest(voice: str, at: datetime) -> int | None:
            return max((n for n, each in of_it if each[1] == voice and each[3] <= at), default=None)

        mine = newest(side, at)
        if mine is None or self.lent[mine][2] != "in":
            return False
        _, _, _, since, told = self.lent[mine]
        others = [
            (n, each[3]) for n, each in of_it
            if each[1] != side and each[2] == "out" and each[3] <= at and newest(each[1], each[3]) == n
        ]  # fmt: skip
        beside = [
            (n, each[5]) for n, each in enumerate(self.said)
            if each[:2] == key[:2] and each[2] in key[2:4] and each[4] == "out" and each[5] <= at
            and self.stance(each[:3], each[3], each[5]) == n
        ]  # fmt: skip
        return all(since >= begun and mine > n for n, begun in others) and all(
            since >= begun and told > n for n, begun in beside
        )


class Agreements(RuleBasedStateMachine):
    """Every move is committed; all is wiped at the end of the game."""

    def __init__(self) -> None:
        super().__init__()
        self.oracle = Oracle()
        self.other = uuid.uuid4()
        for kommune, region in (("gjovik", REGION), ("ostre-toten", REGION), ("nabo", OTHER_REGION)):
            for side in (region, kommune):
                self.oracle.said.append(
                    (ref(region).id, region, kommune, side, "in", datetime.min.replace(tzinfo=now().tzinfo))
                )
        self.lent: dict[str, str | None] = {name: lender for name, (_, lender, _) in PEOPLE.items()}
        self.clients = {}
        for name, (place, lender, role) in PEOPLE.items():
            self.clients[name] = log_in(place, f"{name}@x.example", name, role)
            region = place if place in REGIONS else REGION
            for side in sorted({region, lender, place}):
                self._say_of(region, lender, place, role, side, "in")
            with work(ref(place), "setup") as by:
                set_lender(user=self.clients[name].person, lender=ref(lender).id, by=by)

    def teardown(self) -> None:
        with connect() as owner:
            owner.execute("DELETE FROM registry_standing WHERE at > to_timestamp(0)")
            owner.execute("DELETE FROM registry_lend")
        for name, (place, _, _) in PEOPLE.items():
            with work(ref(place), "setup"):
                User.objects.filter(email=f"{name}@x.example").update(for_office=None)

    # --- what can happen ------------------------------------------------------------------------------------
    @rule(
        kommune=st.sampled_from(KOMMUNER), region=st.sampled_from(REGIONS), theirs=st.booleans(),
        word=st.sampled_from(["in", "out"]), after=AFTER, renewed=st.booleans(),
    )  # fmt: skip
    def somebody_speaks(
        self, kommune: str, region: str, theirs: bool, word: str, after: timedelta, renewed: bool
    ) -> None:
        side, agreement = region if theirs else kommune, self.other if renewed else ref(region).id
        before = len(self.oracle.said)
        self.oracle.said.append((agreement, region, kommune, side, word, now() + after))
        try:
            at = speak(side, word, kommune=kommune, region=region, agreement=agreement, after=after)
        except Refused:
            assert self.oracle.twice()
            del self.oracle.said[before:]
        else:
            self.oracle.said[before] = (*self.oracle.said[before][:5], at)
            assert not self.oracle.twice()

    def _say_of(
        self, region: str, lender: str, place: str, role: Role, side: str, word: str, after: timedelta = timedelta(0),
        agreement: uuid.UUID | None = None,
    ) -> None:  # fmt: skip
        found = lend_of(lender, place, role, region=region, agreement=agreement)
        at, told = speak_of(side, found, word, after=after), len(self.oracle.said)
        self.oracle.lent.append(((found.agreement, region, lender, place, role.value), side, word, at, told))

    @rule(
        name=st.sampled_from(sorted(PEOPLE)), lender=st.sampled_from([None, None, *KOMMUNER]), voice=st.integers(0, 2),
        word=st.sampled_from(["in", "in", "out"]), after=AFTER, elsewhere=st.sampled_from([None, *REGIONS]),
        renewed=st.booleans(),
    )  # fmt: skip
    def somebody_speaks_of_lending(
        self, name: str, lender: str | None, voice: int, word: str, after: timedelta, elsewhere: str | None,
        renewed: bool,
    ) -> None:  # fmt: skip
        """Most often of whom somebody is lent by, else the moves would seldom meet."""
        place, lender = PEOPLE[name][0], lender or self.lent[name] or "gjovik"
        region = place if place in REGIONS else elsewhere or REGION
        sides = [region, lender, place]
        if lender != place:
            agreement = self.other if renewed else None
            self._say_of(region, lender, place, PEOPLE[name][2], sides[voice], word, after, agreement)

    @rule(name=st.sampled_from(sorted(PEOPLE)), lender=st.sampled_from([None, *KOMMUNER]))
    def somebody_is_lent_by_another(self, name: str, lender: str | None) -> None:
        place = PEOPLE[name][0]
        try:
            with work(ref(place), "setup") as by:
                wanted = ref(lender).id if lender else None
                set_lender(user=User.objects.get(email=f"{name}@x.example"), lender=wanted, by=by)
        except Refused:
            assert lender != self.lent[name]
            assert not self.oracle.is_here(lender, place, PEOPLE[name][2], now())
        else:
            assert lender == self.lent[name] or self.oracle.is_here(lender, place, PEOPLE[name][2], now())
            self.lent[name] = lender

    # --- what must always hold ------------------------------------------------------------------------------
    @invariant()
    def people_are_here_while_their_lender_is(self) -> None:
        for name, (place, _, role) in PEOPLE.items():
            expected = self.oracle.is_here(self.lent[name], place, role, now())
            with work(ref(place), TEST):
                user = User.objects.get(email=f"{name}@x.example")
                reader = queries.reader_of(user, ref(place))
                assert (user in queries.people(role)) == expected
                with presented(reader), connection.cursor() as cursor:
                    cursor.execute("SELECT access_user()")
                    assert (cursor.fetchone()[0] == user.id) == expected
            assert reader.away != expected
            assert self.clients[name].get("/konto").status_code == (200 if expected else 403)

    @invariant()
    def offices_see_who_is_in_the_region(self) -> None:
        for region in REGIONS:
            expected = {kommune for kommune in KOMMUNER if region in self.oracle.region_at(kommune, now())}
            with office(ref(region)):
                seen = set(Office.objects.filter(region_id=ref(region).id).values_list("slug", flat=True))
            assert seen & set(KOMMUNER) == expected
            assert {each.slug for each in kommuner_of(ref(region).id)} & set(KOMMUNER) == expected

    @invariant()
    def the_post_takes_a_concern_within_an_agreement_alone(self) -> None:
        for region, kommune in product(REGIONS, KOMMUNER):
            assert taken(region, kommune) == (region in self.oracle.region_at(kommune, now()))

    @invariant()
    def who_is_lent_later_is_known_now(self) -> None:
        """By the database and by the rule in code alike."""
        with connect() as owner, work(ref(REGION), TEST):
            for (place, _, role), lender, hours in product(PEOPLE.values(), KOMMUNER, (0, 0.5, 1.5, 3)):
                at = now() + hours * HOUR
                expected = self.oracle.is_here(lender, place, role, at)
                asked = "SELECT registry_lent(%s, %s, %s, %s)"
                assert owner.execute(asked, [ref(lender).id, ref(place).id, role.value, at]).fetchone() == (expected,)
                known = about(ref(place).id).in_force(at)
                assert expected == any(
                    (each.lender, each.borrower, each.role) == (ref(lender).id, ref(place).id, role) for each in known
                )

    @invariant()
    def what_begins_later_is_known_now(self) -> None:
        with connect() as owner:
            for kommune, hours in product(KOMMUNER, (0, 0.5, 1.5, 3)):
                at = now() + hours * HOUR
                asked = "SELECT o.slug FROM registry_office o WHERE o.id = registry_region_at(%s, %s)"
                rows = owner.execute(asked, [ref(kommune).id, at]).fetchall()
                assert {slug for (slug,) in rows} == self.oracle.region_at(kommune, at)


def taken(region: str, kommune: str) -> bool:
    """Does the post take a concern from this region to this kommune? Nothing is left there."""
    with office(ref(region)), transaction.atomic():
        try:
            with transaction.atomic():
                SealedLetter(
                    kind="ConcernHandover", sender=ref(region).id, recipient=ref(kommune).id, month="2026-11",
                    sealed=b"x", sent_at=now(),
                ).save()  # fmt: skip
        except DatabaseError:
            return False
        transaction.set_rollback(True)
    return True


def test_there_is_no_moment_with_access_outside_an_agreement(house):
    run_state_machine_as_test(Agreements, settings=settings(max_examples=8, stateful_step_count=12))
