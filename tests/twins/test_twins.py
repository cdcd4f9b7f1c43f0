"""Nobody outside can tell an office with a hidden matter from one without it, whatever they ask and however.

`VARDE_TWINS=1 pytest tests/twins -s` plays the long form. A difference is shrunk to the smallest script that shows it;
what may differ stands in `named`.
"""

import os

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from tests.access.role_table import KOMMUNE
from tests.twins.asking import METHODS, OTHER_KEY, SWEEP, Ask, scripts, tour
from tests.twins.matters import CLIENT_KEY, HIDINGS, NAME, SUSPECT, hidden_from
from tests.twins.named import MAY_COUNT
from tests.twins.people import COLLEAGUES, NOBODY
from tests.twins.worlds import Tally, Twins, twins

LONG = os.environ.get("VARDE_TWINS") == "1"
OUTSIDERS = tuple(name for name in (*COLLEAGUES, NOBODY) if name != "drude")
played = Tally()


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), twins() as both:
        both.tally = played
        yield both
    print(
        f"\ntwin worlds: {played.requests} requests compared in {played.scripts} scripts, "
        f"{len(played.addresses & set(KOMMUNE))} of {len(KOMMUNE)} addresses, {played.bytes} bytes, "
        f"{played.differing} differing; answers {dict(sorted(played.statuses.items()))}; "
        f"differing on the named list: {dict(played.named)}"
    )


def told(differences: list) -> str:
    return "\n".join(map(str, differences))


# --- every address ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("outsider", OUTSIDERS if LONG else ("tom", "kim"))
def test_every_address_answers_the_same(office: Twins, outsider: str) -> None:
    methods, worlds = (METHODS, ("hidden", "absent")) if LONG else (("GET", "POST"), ("hidden",))
    found = office.compare(outsider, hidden_from(outsider), list(tour(methods, worlds)), apart=True)
    print(f"\n{outsider}: {played.requests} requests, {played.bytes} bytes, {played.differing} differing so far")
    assert not found, told(found)


def test_every_address_has_been_asked_for(office: Twins) -> None:
    assert not set(KOMMUNE) - played.addresses
    assert not [status for status in played.statuses if status >= 500]


# --- any script -------------------------------------------------------------------------------------------------
@st.composite
def plays(draw: st.DrawFn) -> tuple[str, list[str], list[Ask]]:
    """Some kinds of hidden matters, and a script of one or two who are outside of them all."""
    outsider = draw(st.sampled_from(OUTSIDERS))
    hidings = draw(st.lists(st.sampled_from(hidden_from(outsider)), min_size=1, max_size=2, unique=True))
    others = [other for other in OUTSIDERS if set(hidings) <= set(hidden_from(other))]
    script = draw(scripts((outsider, draw(st.sampled_from(others))), 15 if LONG else 8))
    return outsider, hidings, script


def test_no_script_tells_the_worlds_apart(office: Twins) -> None:
    @settings(
        max_examples=300 if LONG else 25,
        deadline=None,
        database=None,
        derandomize=not LONG,
        suppress_health_check=list(HealthCheck),
    )
    @given(plays())
    def play(drawn: tuple[str, list[str], list[Ask]]) -> None:
        found = office.compare(*drawn)
        assert not found, told(found)

    play()


# --- what is likely to tell --------------------------------------------------------------------------------------
UTSKRIFT = "/innsynslogg/utskrift"
SEND = "/statistikk/<str:period>/send"
KEY = (("HTTP_IDEMPOTENCY_KEY", "a-key-of-the-outsider"),)
STORIES = {
    "the controller who is shut out asks for the extract, and what of it stands in the log": ("per", [
        Ask("GET", f"{UTSKRIFT}/<uuid:matter_id>", ("hidden.concern",)),
        Ask("POST", UTSKRIFT), Ask("GET", UTSKRIFT, query=(("sak", "hidden.name"),)),
        Ask("POST", UTSKRIFT, body=(("sak", "hidden.short"),)), Ask("GET", "/innsynslogg"),
        Ask("GET", "/innsynslogg", query=(("ting", "hidden.concern"),)),
        Ask("GET", "/innsynslogg", query=(("gjorde", "denied"),)), SWEEP, Ask("GET", "/innsynslogg/kontroll"),
    ]),
    "many looks that are refused are put before the leader": ("tom", [
        *[Ask("GET", "/saker/<uuid:case_id>", ("hidden.case",))] * 25, SWEEP,
        Ask("GET", "/innsynslogg/kontroll", who="lene"), Ask("GET", "/innsynslogg/kontroll", who="per"),
        Ask("GET", "/innsynslogg", who="per"),
    ]),
    "break-glass is asked for by the name, and answered by somebody who is shut out": ("tom", [
        Ask("POST", "/nodapning", body=(("reason", "Fare i natt"),)), SWEEP, Ask("GET", "/nodapning"),
        Ask("GET", "/saker"), Ask("GET", "/nodapning", who="lene"),
        Ask("POST", "/nodapning/<uuid:request_id>/svar", ("asked.glass",), who="lene"), SWEEP,
        Ask("GET", "/nodapning"), Ask("GET", "/saker/<uuid:case_id>", ("hidden.case",)), Ask("GET", "/saker"),
        Ask("POST", "/nodapning/<uuid:request_id>/avslutt", ("asked.glass",)), Ask("GET", "/nodapning"),
    ]),
    "the same person is told of again, by staff": ("kaja", [
        Ask("POST", "/innboks/ny"), Ask("POST", "/innboks/ny"), Ask("POST", "/innboks/ny", body=(("what", "Annet"),)),
        Ask("POST", "/innboks/ny", body=(("about_staff", "team"), ("idempotency_key", OTHER_KEY))), SWEEP,
        Ask("GET", "/innboks", who="tom"), Ask("POST", "/sok", who="tom"), Ask("GET", "/frister", who="tom"),
    ]),
    "the same person is told of again, from outside": (NOBODY, [
        Ask("POST", "/meld/privat"), Ask("POST", "/meld/ansatt", body=(("idempotency_key", OTHER_KEY),)),
        Ask("POST", "/api/v1/reports", headers=KEY), Ask("POST", "/api/v1/reports", headers=KEY),
        Ask("POST", "/kvittering"), Ask("GET", "/api/v1/reports/<str:receipt>", words=("0000000000000000",)), SWEEP,
        Ask("GET", "/innboks", who="kim"), Ask("GET", "/innboks", (), (("vis", "sortering"),), who="kim"),
    ]),
    "the same person and place are laid on a card in a matter of one's own": ("tom", [
        Ask("POST", "/innboks/<uuid:concern_id>/personer", ("visible.concern",)),
        Ask("GET", "/innboks/<uuid:concern_id>", ("visible.concern",)),
        Ask("GET", "/personer/<uuid:person_id>", ("visible.person",)),
        Ask("POST", "/personer/<uuid:person_id>/koble", ("visible.person",)),
        Ask("POST", "/personer/<uuid:person_id>/sammen", ("visible.person",)),
        Ask("GET", "/saker/<uuid:case_id>", ("visible.case",)), Ask("POST", "/sok", body=(("sok", SUSPECT),)), SWEEP,
        Ask("GET", "/innsynslogg", who="per"),
    ]),
    "whoever reads the log reports something themselves, and the team is told of it": ("kim", [
        Ask("GET", "/"), Ask("POST", "/meld/ansatt"), SWEEP, Ask("GET", "/innsynslogg"),
    ]),
    "the quarter is sent twice by a coordinator who does not see all": ("kim", [
        Ask("GET", "/statistikk"), *[Ask("GET", "/statistikk/<str:period>", words=("2026Q3",))] * 2,
        Ask("POST", SEND, words=("2026Q3",)), Ask("GET", "/statistikk"), SWEEP, Ask("GET", "/statistikk"),
        Ask("GET", "/statistikk/<str:period>", words=("2026Q3",)), Ask("POST", SEND, words=("2026Q3",)), SWEEP,
        Ask("GET", "/statistikk"), Ask("GET", "/statistikk/<str:period>", words=("2026Q3",)),
    ]),
    "the administrator gives roles and closes accounts": ("arne", [
        Ask("GET", "/folk"), Ask("POST", "/folk/<uuid:user_id>/roller", ("user",)),
        Ask("GET", "/folk/<uuid:user_id>", ("user",)),
        Ask("POST", "/folk/<uuid:user_id>/konto", ("user",)), Ask("POST", "/folk/ny"), Ask("GET", "/team"), SWEEP,
        Ask("GET", "/team/frister"), Ask("GET", "/folk"),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_a_likely_story_does_not_tell(office: Twins, story: str) -> None:
    outsider, script = STORIES[story]
    people = {outsider, *(ask.who for ask in script if ask.who)}
    hidings = [name for name in HIDINGS if all(name in hidden_from(person) for person in people)]
    assert hidings
    found = office.compare(outsider, hidings, script)
    assert not found, told(found)


# --- the lists and the comparison itself ---------------------------------------------------------------------------
def test_who_holds_the_reporters_own_key_is_the_reporter(office: Twins) -> None:
    """The one answer that depends on a hidden matter: a retry with its sixteen or more random characters."""
    known = Ask("POST", "/meld/privat", body=(("idempotency_key", CLIENT_KEY),))
    assert [each.ask for each in office.compare(NOBODY, ["not a member"], [known])] == [known]
    near = Ask("POST", "/meld/privat", body=(("idempotency_key", CLIENT_KEY[:-1] + "x"),))
    assert not office.compare(NOBODY, ["not a member"], [near])


def test_who_sees_the_matter_sees_a_difference(office: Twins) -> None:
    shown = office.compare("drude", ["about the coordinator"], [Ask("GET", "/saker"), Ask("POST", "/sok")])
    assert {each.ask.path for each in shown} == {"/saker", "/sok", "every table"}


def test_a_difference_is_shrunk_to_the_request_that_shows_it(office: Twins) -> None:
    def shows(script: list[Ask]) -> bool:
        return any(each.ask.path == "/sok" for each in office.compare("drude", ["covered"], script))

    quiet = settings(
        max_examples=400, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    words = st.sampled_from(("xyzzy", "Kari Koordinator", NAME))
    search = words.map(lambda word: Ask("POST", "/sok", body=(("sok", word),)))
    rest = st.sampled_from((Ask("GET", "/team"), Ask("GET", "/personvern"), SWEEP))
    smallest = find(st.lists(st.one_of(rest, search), max_size=3), shows, settings=quiet)
    assert smallest == [Ask("POST", "/sok", body=(("sok", NAME),))]


def test_the_named_list_names_addresses_and_reasons() -> None:
    assert all(address in KOMMUNE and reason for (_, address), reason in MAY_COUNT.items())
