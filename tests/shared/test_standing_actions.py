"""Saying yes and no: who may, from when, and what is true in the same moment."""

import uuid
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from regional.hotline.routing_areas import areas, kommune_offices
from shared.contracts import Opened, TemplateOffer
from shared.post.actions import open_mail, send
from shared.post.bound import BOUND
from shared.post.models import Receipt, SealedLetter
from shared.registry import standing_queries
from shared.registry.models import Office, PublishedPhone, Standing
from shared.registry.queries import facts, kommuner_of, office_by_slug, region_of
from shared.registry.standing_actions import say
from tests.cast import TEST, ref
from tests.shared.test_contracts_codec import HANDOVER
from tests.standing import OTHER_REGION, REGION, join, leave, speak
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy import directory
from varde.tenancy.door import OfficeRef, office
from varde.tenancy.fleet import connect
from varde.tenancy.work import work

WEEK = timedelta(days=7)


def members(region: str = REGION) -> set[str]:
    """As the region's own pages ask."""
    with office(ref(region)):
        rows = Office.objects.filter(region_id=ref(region).id, kind="kommune", active=True)
        return set(rows.values_list("slug", flat=True))


def test_those_who_were_born_into_a_region_are_in_it(house):
    assert members() == {"gjovik", "ostre-toten", "vestre-toten"}
    assert {each.slug for each in kommuner_of(ref(REGION).id)} == members()
    with office(ref("gjovik")):
        assert Office.objects.get(slug="gjovik").host
        assert region_of(ref("gjovik")) == ref(REGION)


def test_a_no_is_true_in_every_office_and_on_the_public_host_at_once(house):
    leave("ostre-toten")
    assert members() == {"gjovik", "vestre-toten"}
    assert office_by_slug("ostre-toten").region_id is None
    with office(ref("ostre-toten")):
        assert region_of(ref("ostre-toten")) is None
        assert office_by_slug("ostre-toten").region_id is None


def test_a_no_for_later_is_not_true_yet_and_the_directory_asks_again_in_time(house, monkeypatch):
    monkeypatch.setattr(directory, "KEEP_SECONDS", 3600.0)
    speak("ostre-toten", "out", kommune="ostre-toten", after=timedelta(seconds=20))
    assert "ostre-toten" in members()
    assert directory._ask("ostre-toten")[1] <= 20
    assert directory._ask("gjovik")[1] == 3600.0


def test_a_kommune_changes_region_without_a_moment_in_two(house):
    with pytest.raises(Refused, match="en annen region"):
        join("ostre-toten", OTHER_REGION)
    leave("ostre-toten")
    speak("ostre-toten", "in", kommune="ostre-toten", region=OTHER_REGION)
    assert "ostre-toten" in members(OTHER_REGION)
    assert standing_queries.party_of(ref("ostre-toten").id, now()).region == ref(OTHER_REGION).id


@pytest.mark.parametrize(("leaves", "alone"), [("ostre-toten", REGION), (REGION, "ostre-toten")])
def test_nobody_is_brought_back_by_an_old_yes(house, leaves, alone):
    """What both said once holds until one says no; then both answer anew."""
    speak(leaves, "out", kommune="ostre-toten")
    speak(leaves, "in", kommune="ostre-toten")
    assert "ostre-toten" not in members()
    assert standing_queries.party_of(ref("ostre-toten").id, now()) is None
    assert office_by_slug("ostre-toten").region_id is None
    speak(alone, "in", kommune="ostre-toten")
    assert "ostre-toten" in members()


def test_the_past_stays_in_the_period(house):
    left = leave("ostre-toten")
    with office(ref(REGION)):
        before = standing_queries.parties_during(ref(REGION).id, left - WEEK, left)
        after = standing_queries.parties_during(ref(REGION).id, left + WEEK, left + 2 * WEEK)
    assert ref("ostre-toten").id in {party.kommune for party in before}
    assert ref("ostre-toten").id not in {party.kommune for party in after}


def test_nobody_speaks_for_another(house):
    with pytest.raises(Refused, match="Bare kommunen og regionen selv"):
        speak("nabo", "out", kommune="gjovik")


def test_nobody_changes_what_has_been(house):
    with pytest.raises(Refused, match="bakover i tid"):
        speak("gjovik", "out", after=-WEEK)


def test_a_region_has_one_host(house):
    with pytest.raises(Refused, match="alt en vertskommune"):
        speak(REGION, "in", kommune="ostre-toten", host=True)
    speak(REGION, "in", kommune="gjovik")
    speak(REGION, "in", kommune="ostre-toten", host=True)
    with office(ref(REGION)):
        assert [each.slug for each in Office.objects.filter(host=True)] == ["ostre-toten"]


def test_the_host_is_no_word_of_the_kommune(house):
    speak("nabo", "in", kommune="nabo", region=OTHER_REGION, host=True)
    with office(ref(OTHER_REGION)):
        assert not Office.objects.get(slug="nabo").host


def test_two_words_in_the_same_instant_have_an_order(house, monkeypatch):
    instant = now()
    monkeypatch.setattr("shared.registry.standing_actions.wall", lambda: instant)
    with work(ref("gjovik"), TEST) as by:
        for said in ("out", "in", "out"):
            region, kommune = ref(REGION).id, ref("gjovik").id
            say(agreement=region, region=region, kommune=kommune, word=said, at=instant, by=by)
    assert [each.word for each in standing_queries.words_of(ref(REGION).id)][-3:] == ["out", "in", "out"]


def test_an_unknown_or_closed_office_is_no_side(house):
    with pytest.raises(Refused, match="finnes ikke"), work(ref(REGION), TEST) as by:
        say(agreement=ref(REGION).id, region=ref(REGION).id, kommune=uuid.uuid4(), word="in", at=now(), by=by)


# --- the database says the same to whoever goes around the action ----------------------------------------------------
def row(**other) -> Standing:
    own = {
        "agreement": ref(REGION).id, "region": ref(REGION).id, "kommune": ref("ostre-toten").id,
        "said_by": ref("ostre-toten").id, "word": "out", "at": now(), "said_at": now(),
    }  # fmt: skip
    return Standing(**(own | other))


@pytest.mark.parametrize("slug", ["gjovik", REGION, "nabo", "drift"])
def test_the_database_takes_a_word_from_its_own_office_alone(house, slug):
    with office(ref(slug)), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row().save()
    assert "ostre-toten" in members()


def test_the_database_takes_no_word_about_the_past(house):
    with office(ref("ostre-toten")), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row(at=now() - WEEK).save()


@pytest.mark.parametrize("when", [{"at": "infinity"}, {"at": "20000-01-01"}, {"said_at": "1990-01-01"}])
def test_the_database_takes_no_time_that_another_cannot_read(house, when):
    said = {"at": now(), "said_at": now()} | when
    asked = (
        "INSERT INTO registry_standing (id, agreement, region, kommune, said_by, word, at, said_at, host)"
        " VALUES (gen_random_uuid(), %(region)s, %(region)s, %(own)s, %(own)s, 'out', %(at)s, %(said_at)s, false)"
    )
    values = {"region": ref(REGION).id, "own": ref("ostre-toten").id, **said}
    with office(ref("ostre-toten")), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        connection.cursor().execute(asked, values)


def test_a_word_is_judged_by_what_stands_now(house):
    """A transaction that keeps an older picture would not see a word that it waited for."""
    with office(ref("ostre-toten")), pytest.raises(DatabaseError, match="as they stand"), transaction.atomic():
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        row().save()


def test_the_database_takes_no_word_of_two_others(house):
    with office(ref("ostre-toten")), pytest.raises(DatabaseError, match="two sides"), transaction.atomic():
        row(kommune=ref("gjovik").id).save()


def test_the_public_host_reads_and_says_nothing(house):
    assert Standing.objects.exists()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        row().save()
    connection.close()


# --- the post --------------------------------------------------------------------------------------------------------
def offer(to: str) -> uuid.UUID:
    with work(ref(REGION), TEST) as by:
        return send(TemplateOffer(text="x", sent_at=now()), to=ref(to), by=by)


def test_the_two_lists_of_letters_within_an_agreement_are_one(house):
    kinds = [*BOUND, "CaseTransfer", "Opened", "Misrouted", "EscalationNotice", "AgreementNotice", "OfficeHealth"]
    with connect() as owner:
        found = owner.execute("SELECT k FROM unnest(%s::text[]) k WHERE public.post_bound(k)", [kinds]).fetchall()
    assert {kind for (kind,) in found} == BOUND


def test_after_the_end_the_post_takes_nothing_new_and_keeps_what_was_sent(house):
    sent = offer("ostre-toten")
    leave("ostre-toten")
    with pytest.raises(DatabaseError, match="row-level security"):
        offer("ostre-toten")
    with office(ref("ostre-toten")):
        assert SealedLetter.objects.filter(id=sent).exists()
    offer("gjovik")


def test_a_concern_under_way_at_the_end_is_stored_and_answered(house):
    """Nobody who has told of something is lost because two offices part."""
    with work(ref(REGION), TEST) as by:
        concern = send(replace(HANDOVER, taken_at=now()), to=ref("ostre-toten"), by=by)
    leave("ostre-toten")
    assert open_mail(ref("ostre-toten")) == 1
    with work(ref("ostre-toten"), TEST) as by:
        answer = send(Opened(handover=concern, reference=HANDOVER.reference, at=now()), to=ref(REGION), by=by)
    open_mail(ref(REGION))
    with office(ref("ostre-toten")):
        assert Receipt.objects.get(id=answer).state == Receipt.State.STORED


def test_a_region_sends_nothing_to_the_kommune_of_another(house):
    with pytest.raises(DatabaseError, match="row-level security"):
        offer("nabo")


# --- what follows ----------------------------------------------------------------------------------------------------
def test_a_number_from_the_region_holds_while_the_kommune_is_in_it(house):
    kommune, region = ref("ostre-toten"), ref(REGION).id
    with work(ref(REGION), TEST):
        PublishedPhone(kommune=kommune.id, region=region, since=now(), phone="116000", set_at=now()).save()
    assert shown(kommune) == ("116000", "116000")
    leave("ostre-toten")
    assert shown(kommune) == ("", "")
    join("ostre-toten", REGION)
    assert shown(kommune) == ("116000", "116000")


def shown(kommune: OfficeRef) -> tuple[str, str]:
    """As the public pages ask, and as the rooms do."""
    directory.forget()
    with office(kommune):
        inside = directory.facts_of(kommune)["phone"], facts(kommune).phone
    directory.forget()
    assert (directory.facts_of(kommune)["phone"], facts(kommune).phone) == inside
    return inside


def test_the_phone_sends_nothing_to_a_kommune_that_has_left(house):
    assert is_ours("ostre-toten")
    leave("ostre-toten")
    assert not is_ours("ostre-toten")


def is_ours(kommune: str) -> bool:
    """Does the console offer to send a concern there?"""
    with work(ref(REGION), TEST) as by:
        return next(area.ours for area in areas(kommune_offices(), by) if area.office == ref(kommune).id)


def test_offices_that_existed_before_have_both_words(house):
    """What the migration lays for an installation that is brought up to date."""
    born = import_module("shared.registry.migrations.0006_standing_rights").BORN
    with connect() as owner:
        owner.execute("DELETE FROM registry_standing")
        owner.execute(
            "UPDATE registry_office k SET region_id = r.id, host = k.slug = 'gjovik' FROM registry_office r"
            " WHERE k.kind = 'kommune' AND r.slug = 'gjovikregionen'"
        )
        owner.execute(born.encode())
        rows = owner.execute(
            "SELECT o.slug, registry_host_at(o.id, now()) FROM registry_office o"
            " WHERE registry_region_at(o.id, now()) IS NOT NULL AND o.region_id IS NULL"
        ).fetchall()
        owner.rollback()
    assert dict(rows) == {
        "gjovik": True, "ostre-toten": False, "vestre-toten": False, "nabo": False,
    }  # fmt: skip
