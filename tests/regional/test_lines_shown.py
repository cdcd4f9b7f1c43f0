"""What a change of lines lets others see: the public pages, the log, the host's mail; and who may change nothing."""

from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from regional.lines import actions, publish, queries, tasks
from regional.lines.models import Line, Pointing
from regional.lines.setup import Rule, Setup
from regional.phone.plan import PLAN
from shared.registry.models import PublishedPhone
from shared.registry.phones import phones
from shared.registry.queries import facts
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import anonymous, client_for
from tests.regional.phone_lines import ALWAYS, CRISIS, NEW, OWN, SHARED, line, switch
from tests.regional.phone_lines import _nothing_kept as _nothing_kept
from tests.regional.phone_lines import host as host
from tests.regional.phone_lines import lines as lines
from tests.tenants.test_team_rota import round_the_clock
from varde.access import Role
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.clock import OSLO, now, telling
from varde.rotas.actions import set_hours
from varde.tenancy import directory
from varde.tenancy.door import office
from varde.tenancy.work import work


# --- what the public pages show --------------------------------------------------------------------------------------
def test_the_public_pages_follow_the_plan_also_at_a_time_to_come(house):
    with work(ref("gjovikregionen"), "setup") as by:
        line(by, "Felles", "hotline", SHARED)
        line(by, "Gjøvik", "own", NEW, "gjovik")
        line(by, "Krisesenteret", "krisesenter", CRISIS)
        switch(by, Setup((Rule("own", "hours", (0, 1, 2, 3, 4)), Rule("krisesenter"))))
        switch(by, ALWAYS, now() + timedelta(days=30))
    page = anonymous("gjovik").get("/").content.decode()
    assert "61 00 00 04" in page
    assert "61 18 95 00" not in page
    with office(ref("gjovik")):
        gjovik = facts(ref("gjovik"))
        assert (
            phones([gjovik], now())[gjovik.id].hours
            == "Mandag–fredag hele døgnet. Hele døgnet: Krisesenteret 61 00 00 03"
        )
        assert phones([gjovik], now() + timedelta(days=31))[gjovik.id].number == "61 00 00 03"
        assert directory.facts_of(ref("gjovik"))["phone_service"] == "own"
        directory.forget()
        with telling(now() + timedelta(days=31)):
            assert directory.facts_of(ref("gjovik"))["phone"] == "61 00 00 03"


def test_a_kommune_without_a_set_up_shows_what_the_registry_holds(host, lines):
    assert not PublishedPhone.objects.exists()
    assert directory.facts_of(ref("gjovik"))["phone"] == "61189500"
    assert publish.publish(by=host) == 0


def test_the_same_is_not_laid_twice_and_a_new_number_is(host, lines):
    switch(host, ALWAYS)
    laid = PublishedPhone.objects.count()
    assert publish.publish(by=host) == 0
    actions.point(number=NEW, line=lines["crisis"], since=now() + timedelta(days=1), by=host)
    actions.point(number=CRISIS, line=lines["shared"], since=now() + timedelta(days=1), by=host)
    assert PublishedPhone.objects.count() > laid


def test_only_the_own_region_says_what_a_kommunes_pages_show(house):
    for slug in ("naboregionen", "ostre-toten", "gjovik", "drift"):
        with office(ref(slug)), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            PublishedPhone(
                kommune=ref("gjovik").id, region=ref(slug).id, since=now(), phone="+4790000000", set_at=now()
            ).save()
    with work(ref("gjovikregionen"), TEST):
        own = ref("gjovikregionen").id
        PublishedPhone(kommune=ref("gjovik").id, region=own, since=now(), phone="1", set_at=now()).save()
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("UPDATE registry_phone SET phone = '2'")


# --- who may ---------------------------------------------------------------------------------------------------------
def test_operators_read_lines_and_change_none(host, lines):
    with seen_as("olga"):
        assert Line.objects.count() == 3
        assert queries.line_for(SHARED) == lines["shared"]
        for row in (
            Line(name="Min", service="hotline", opened_at=now()),
            Pointing(number=SHARED, line=None, since=now(), set_at=now(), set_by="Olga Operatør"),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                row.save()
        assert Line.objects.update(name="Min") == 0


def test_nobody_sets_up_in_anothers_name(host, lines):
    client_for("liv", Role.HOST_ADMINISTRATOR)
    liv = as_person("liv")
    with presented(liv):
        Pointing(number=SHARED, line=None, since=now(), set_at=now(), set_by=liv.name).save()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Pointing(number=SHARED, line=None, since=now(), set_at=now(), set_by="En annen").save()


def test_each_change_is_in_the_log_without_numbers(house):
    with work(ref("gjovikregionen"), "setup") as by:
        line(by, "Felles", "hotline", SHARED)
        switch(by, Setup((Rule("hotline"),)))
    with work(ref("gjovikregionen"), TEST):
        rows = list(Entry.objects.filter(what__startswith="lines."))
    noted = {row.what for row in rows}
    assert noted == {"lines.line", "lines.number", "lines.apparatus", "lines.setup", "lines.published"}
    assert not any("61000001" in str(vars(row)) for row in rows)


def test_the_kommunes_own_rota_is_held_against_the_page_only_where_its_own_phone_answers(house):
    """The hours of the shared phone are no promise of the kommune's rota; those of its own phone are."""
    with work(ref("gjovik"), TEST):
        round_the_clock()
    kari = client_for("kari")
    assert "To åpningstider" in kari.get("/team/vakt").content.decode()
    for setup, differs in (
        (Setup((Rule("hotline"),)), False),
        (Setup((Rule("own", "hours", (0,), time(9), time(14)),)), True),
    ):
        with work(ref("gjovikregionen"), "setup") as by:
            if not Line.objects.exists():
                line(by, "Felles", "hotline", SHARED)
                line(by, "Gjøvik", "own", OWN, "gjovik")
            switch(by, setup)
        directory.forget()
        shown = kari.get("/team/vakt").content.decode()
        assert ("To åpningstider" in shown) is differs
        assert not differs or "be vertskommunen rette hvem som svarer når" in shown


def test_the_host_is_told_once_a_day_without_a_word_of_when(house):
    client_for("liv", Role.HOST_ADMINISTRATOR)
    with work(ref("gjovikregionen"), "setup") as by:
        line(by, "Felles", "hotline", SHARED)
        switch(by, Setup((Rule("own"),)))
    tasks.look_ahead.run(ref("gjovikregionen"))
    (sent,) = [each for each in mail.outbox if each.to == ["liv@gjovikregionen.example"]]
    assert "ringe forgjeves" in sent.subject
    assert not any(word in sent.body for word in ("Gjøvik,", "kl.", "61 00", "nummer"))


def test_new_hours_of_the_shared_phone_reach_the_pages_by_the_nightly_task(house):
    with work(ref("gjovikregionen"), "setup") as by:
        line(by, "Felles", "hotline", SHARED)
        switch(by, Setup((Rule("hotline", "open"),)))
        before = PublishedPhone.objects.get().phone_hours
        week = {day: (time(9), time(14)) if day < 5 else (None, None) for day in range(7)}
        set_hours(PLAN, valid_from=now().astimezone(OSLO).date(), week=week, on_holidays=False, by=by)
    tasks.look_ahead.run(ref("gjovikregionen"))
    with work(ref("gjovikregionen"), TEST):
        after = PublishedPhone.objects.order_by("-set_at").first().phone_hours
    assert (before != after, after) == (True, "Mandag–fredag 09.00–14.00")
