"""A system matter at the leader team: read through, put on an agenda, answered, joined with another, sent back."""

import re
import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from regional.matters import actions, figures, handlers, kept, ledger, queries, states
from regional.matters.models import Matter, MatterWord
from shared.contracts import MatterText, SystemMatter
from shared.post.actions import open_mail
from shared.post.handlers import Envelope
from shared.post.keys import NoKey
from shared.post.models import SealedLetter
from tenants.raising import actions as raising
from tenants.raising.models import Raised, RaisedWord
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import stored, text_of
from tests.tenants.test_raising_way import PLAIN
from varde.access import Role
from varde.access.reader import Reader
from varde.clock import now
from varde.privacy.errors import CannotOpen
from varde.privacy.models import DataKey
from varde.refusal import Overtaken, Refused
from varde.tenancy.work import work

HOME = "/lederteam/systemsaker"
POST = "gjovikregionen"


def secretary() -> Reader:
    """Liv as the leader team's secretary."""
    by = as_person("liv")
    return Reader(by.office, by.user_id, by.name, frozenset({Role.SECRETARY}))


def came(
    slug: str = "gjovik", *, title: str = "Ingen tolk", category: str = "other_services", **more: object
) -> Matter:
    told = MatterText(title=title, category=category, urgency="next", what="Ingen svarer.", tried="", wish="Avtale")
    letter = SystemMatter(matter=uuid.uuid4(), said="raised", raised=told, doubts={"name": 1}, sent_at=now())
    handlers.keep(letter, Envelope(uuid.uuid4(), ref(slug), now()), Reader.for_purpose("post", ref(POST)))
    return Matter.objects.get(theirs=letter.matter)


def taken(*args: str, **kwargs: str) -> Matter:
    return actions.take_in(matter=came(*args, **kwargs), by=secretary())


def answers() -> list[str]:
    return sorted(MatterWord.objects.filter(way="out").values_list("said", flat=True))


def test_a_new_one_is_for_the_secretary_until_somebody_has_read_it_through(gjovikregionen):
    row, liv = came(), client_for("liv")
    assert "Ingen tolk" not in text_of(liv, HOME)
    assert liv.get(f"{HOME}/{row.pk}").status_code == 404
    assert liv.post(f"{HOME}/{row.pk}/ta-imot", {"do": "ta"}).status_code == 404
    actions.take_in(matter=row, by=secretary())
    assert "Ingen tolk" in text_of(liv, HOME)
    page = text_of(liv, f"{HOME}/{row.pk}")
    assert all(said in page for said in ("Gjøvik", "Ingen svarer.", "navn (1)"))
    assert "Send svaret" not in page
    assert liv.post(f"{HOME}/{row.pk}/svar", {"text": "Ja"}).status_code == 403
    assert answers() == ["taken_in"]
    assert "Ingen svarer" not in stored("matters_matter")


def test_the_leader_team_takes_in_itself_where_the_region_has_it_so(gjovikregionen):
    row = came()
    with pytest.raises(Refused, match="Sekretæren"):
        actions.take_in(matter=row, by=as_person("liv"))
    host = client_for("liv", Role.HOST_ADMINISTRATOR)
    assert host.post(f"{HOME}/oppsett", {"who": "leader", "seen": ""}).status_code == 303
    assert host.post(f"{HOME}/oppsett", {"who": "secretary", "seen": ""}).status_code == 422
    with seen_as("liv") as liv:
        assert Matter.objects.count() == 1
        actions.take_in(matter=row, by=liv)
    assert Matter.objects.get().state == states.OPEN


def test_operators_and_statisticians_see_none(gjovikregionen):
    taken()
    for client in (client_for("olga"), client_for("liv", Role.STATISTICS_OFFICER)):
        assert client.get(HOME).status_code == 403
    with seen_as("olga"):
        assert not Matter.objects.exists()
        assert not MatterWord.objects.exists()
    assert queries.open_matters(as_person("olga")) == []


def test_a_decision_goes_to_the_kommune_with_its_number_and_measures(gjovikregionen):
    row, client = taken(), client_for("liv", Role.SECRETARY)
    here = f"{HOME}/{row.pk}"
    assert client.post(f"{here}/sakliste", {"meeting": "lederteamet 20. januar"}).status_code == 303
    assert [one.pk for one in queries.open_matters(secretary())] == [row.pk]
    actions.take_up(matter=row, meeting_label="lederteamet 20. januar", by=secretary())
    assert client.post(f"{here}/svar", {"text": ""}).status_code == 422
    told = {"text": "Vi lager en avtale.", "decision": "sak 4/27", "measures": "Lyse ut\nLage turnus"}
    assert client.post(f"{here}/svar", told).status_code == 303
    word = MatterWord.objects.get(said="decided")
    assert (word.decision, word.measures) == ("sak 4/27", {"measures": ["Lyse ut", "Lage turnus"]})
    assert word.meeting == "lederteamet 20. januar"
    assert SealedLetter.objects.filter(kind="SystemMatterAnswer", id=word.letter_id).exists()
    assert answers() == ["agenda", "decided", "taken_in"]
    assert queries.open_matters(secretary()) == []
    assert way.logged("matters.matter", "change", row.pk)


def test_an_answer_is_screened_and_keeps_what_was_typed(gjovikregionen):
    row, client = taken(), client_for("liv", Role.SECRETARY)
    told = {"text": "Ola Nordmann skal få tolk.", "measures": "Ring 91 23 45 67"}
    first = client.post(f"{HOME}/{row.pk}/svar", told)
    page = first.content.decode()
    assert first.status_code == 422
    assert "<mark>Ola Nordmann</mark>" in page
    assert "<mark>91 23 45 67</mark>" in page
    shown = re.search(r'name="shown" value="(\w+)"', page)[1]
    assert answers() == ["taken_in"]
    sure = told | {"shown": shown, "why_name": "Oppdiktet", "why_phone": "Offentlig"}
    assert client.post(f"{HOME}/{row.pk}/svar", sure).status_code == 303
    assert "decided" in answers()


def test_no_action_sends_what_is_not_answered_for(gjovikregionen):
    row, by = taken(), secretary()
    with pytest.raises(Refused, match="merket"):
        actions.decide(matter=row, text="Ola Nordmann får tolk", by=by)
    with pytest.raises(Refused, match="merket"):
        actions.ask(matter=row, text="Er det Ola Nordmann?", by=by)
    with pytest.raises(Refused, match="under Systemsaker"):
        actions.answer(matter=row, text="Ola Nordmann får tolk", meeting_label="møtet", by=by)
    assert answers() == ["taken_in"]


def test_a_matter_that_tells_of_somebody_is_emptied_here_at_once_and_its_key_soon(house):
    with work(ref(POST), TEST):
        row = came()
        actions.note(matter=row, text="Dette er om noen", by=secretary())
        taken(title="En annen")
    with work(ref(POST), TEST):
        actions.send_back(matter=row, by=secretary())
        found = Matter.objects.get(pk=row.pk)
        assert (found.title, found.what, found.state) == ("", "", states.SENT_BACK)
    kept.run(ref(POST))
    with work(ref(POST), TEST):
        assert DataKey.objects.get(id=row.pk).destroyed_at is not None
        assert DataKey.objects.filter(destroyed_at=None).exclude(id=row.pk).exists()
        with pytest.raises(CannotOpen):
            str(MatterWord.objects.get(matter=row, said="note").text)
    client = client_for("liv", Role.SECRETARY)
    assert "Teksten er slettet her" in text_of(client, f"{HOME}/{row.pk}")


def test_two_that_are_the_same_are_answered_together(gjovikregionen):
    one, two = taken("gjovik"), taken("ostre-toten", title="Tolk mangler")
    client = client_for("liv", Role.SECRETARY)
    assert client.post(f"{HOME}/{two.pk}/sla-sammen", {"into": str(one.pk)}).status_code == 303
    assert [row.pk for row in queries.open_matters(secretary())] == [one.pk]
    assert "Tolk mangler" in text_of(client, f"{HOME}/{one.pk}")
    actions.decide(matter=one, text="Felles avtale", by=secretary())
    told = MatterWord.objects.filter(said="decided").values_list("matter__kommune", flat=True)
    assert set(told) == {ref("gjovik").id, ref("ostre-toten").id}


def test_they_are_parted_again(gjovikregionen):
    one, two = taken("gjovik"), taken("ostre-toten")
    actions.join(matter=two, into=one, by=secretary())
    with pytest.raises(Refused, match="åpne"):
        actions.join(matter=two, into=one, by=secretary())
    actions.part(matter=two, by=secretary())
    assert len(queries.open_matters(secretary())) == 2
    actions.decide(matter=one, text="Ja", by=secretary())
    assert MatterWord.objects.filter(said="decided").count() == 1


def test_the_second_of_two_is_told_and_nothing_is_sent(gjovikregionen):
    row = taken()
    seen = str(Matter.objects.get().version)
    actions.note(matter=row, text="Se på denne", by=secretary())
    actions.take_up(matter=row, meeting_label="møtet", by=secretary())
    with pytest.raises(Overtaken):
        actions.decide(matter=row, text="Ja", seen=seen, by=secretary())
    assert "decided" not in answers()


def test_only_a_kommune_of_the_region_raises_and_only_on_its_own_matter_more_is_said(gjovikregionen):
    with pytest.raises(handlers.NotOurs):
        came("nabo")
    row, by = taken(), Reader.for_purpose("post", ref(POST))
    more = SystemMatter(matter=row.theirs, said="more", text="Hver uke", doubts={}, sent_at=now())
    with pytest.raises(handlers.NotOurs):
        handlers.keep(more, Envelope(uuid.uuid4(), ref("ostre-toten"), now()), by)
    envelope = Envelope(uuid.uuid4(), ref("gjovik"), now())
    handlers.keep(more, envelope, by)
    handlers.keep(more, envelope, by)
    assert MatterWord.objects.filter(way="in").count() == 1
    held = ledger.held(Reader.for_purpose("ledger", ref(POST)), [row.letter_id, envelope.id])
    assert (set(held.kept), held.opened) == ({row.letter_id, envelope.id}, {row.letter_id})
    client = client_for("liv", Role.SECRETARY)
    assert "Hver uke" in text_of(client, f"{HOME}/{row.pk}")
    assert client.post(f"{HOME}/{row.pk}/lest").status_code == 303
    assert envelope.id in ledger.held(Reader.for_purpose("ledger", ref(POST)), [envelope.id]).opened


def test_the_kommune_needs_no_answer_any_more(gjovikregionen):
    row, by = taken(), Reader.for_purpose("post", ref(POST))
    over = SystemMatter(matter=row.theirs, said="closed", text="Løst", doubts={}, sent_at=now())
    handlers.keep(over, Envelope(uuid.uuid4(), ref("gjovik"), now()), by)
    assert Matter.objects.get().state == states.CLOSED
    with pytest.raises(Refused, match="avsluttet"):
        actions.decide(matter=row, text="Ja", by=secretary())


def test_who_reads_does_not_answer(gjovikregionen):
    row = taken()
    for act in (actions.decide, actions.ask, actions.note):
        with pytest.raises(PermissionDenied):
            act(matter=row, text="Ja", by=as_person("liv"))


def test_a_matter_goes_all_the_way_and_back_between_two_offices_word_for_word(house):
    with work(ref("gjovik"), TEST):
        told = raising.Told(**PLAIN | {"what": "Kari og Ola er oppdiktede navn."})
        row = raising.write(raised=None, told=told, by=as_person("kari"))
        raising.send_in(raised=row, reasons={"name": "Oppdiktet"}, by=as_person("kari"))
    assert (open_mail(ref(POST)), open_mail(ref(POST))) == (1, 0)
    with work(ref(POST), TEST):
        came_in = Matter.objects.get()
        assert (came_in.title, came_in.what, came_in.wish) == (PLAIN["title"], told.what, PLAIN["wish"])
        assert came_in.doubts == {"name": 2}
        assert "Oppdiktet" not in str(came_in.doubts)
        actions.take_in(matter=came_in, by=secretary())
        actions.take_up(matter=came_in, meeting_label="møtet", by=secretary())
        actions.answer(matter=came_in, text="Vi lager en avtale", meeting_label="møtet", by=secretary())
    assert open_mail(ref("gjovik")) == 3
    with work(ref("gjovik"), TEST):
        assert Raised.objects.get().state == "decided"
        assert [word.said for word in RaisedWord.objects.order_by("at", "id")][-1] == "decided"
        assert "Vi lager en avtale" in {word.text for word in RaisedWord.objects.all()}


def test_categories_over_time_as_a_picture_and_a_table(gjovikregionen):
    for category in ("police", "police", "law"):
        taken(category=category)
    page = text_of(client_for("liv"), f"{HOME}/tall")
    assert "Samarbeid med politiet" in page
    assert "Regelverk" in page
    assert 'class="v-bars__bar"' in page


def test_half_years_are_counted_where_they_belong():
    came_in = [("police", date(2026, 6, 30)), ("police", date(2026, 7, 1)), ("of_before", date(2025, 1, 1))]
    found = figures.figures([*came_in, ("law", date(2020, 1, 1))], date(2026, 11, 1))
    assert found.halves[-1] == "2. halvår 2026"
    assert (found.totals, found.total) == ((0, 0, 1, 0, 1, 1), 3)
    assert {row.label: row.total for row in found.rows} == {"Samarbeid med politiet": 2, "of_before": 1}


# --- what the kommune ends ---------------------------------------------------------------------------------------
def ends(row: Matter, slug: str = "gjovik") -> Matter:
    """The kommune says that it needs no answer any more."""
    over = SystemMatter(matter=row.theirs, said="closed", text="Vi skrev om noen", doubts={}, sent_at=now())
    handlers.keep(over, Envelope(uuid.uuid4(), ref(slug), now()), Reader.for_purpose("post", ref(POST)))
    return Matter.objects.get(pk=row.pk)


def test_what_the_kommune_has_ended_can_still_be_sent_back(gjovikregionen):
    row = ends(taken(title="Om Kari Nordmann"))
    client = client_for("liv", Role.SECRETARY)
    assert "Inneholder saken personopplysninger?" in text_of(client, f"{HOME}/{row.pk}")
    client.post(f"{HOME}/{row.pk}/ta-imot", {"do": "tilbake", "seen": row.version})
    row = Matter.objects.get()
    assert (row.state, row.title, row.what) == (states.SENT_BACK, "", "")
    assert "Kari Nordmann" not in text_of(client, f"{HOME}/{row.pk}")


def test_what_is_answered_with_another_can_be_sent_back_alone(gjovikregionen):
    one, two = taken(title="A"), taken("ostre-toten", title="Om Kari Nordmann")
    actions.join(matter=two, into=one, by=secretary())
    actions.decide(matter=one, text="Ja", by=secretary())
    row = actions.send_back(matter=Matter.objects.get(pk=two.pk), by=secretary())
    assert (row.state, row.title, row.into) == (states.SENT_BACK, "", None)
    assert Matter.objects.get(pk=one.pk).state == states.DECIDED


def test_what_was_ended_before_anybody_read_it_through_is_not_for_the_leaders(gjovikregionen):
    row = ends(came(title="Om Kari Nordmann"))
    assert client_for("liv").get(f"{HOME}/{row.pk}").status_code == 404
    assert "Kari Nordmann" in text_of(client_for("liv", Role.SECRETARY), f"{HOME}/{row.pk}")


def test_another_kommunes_matter_is_not_over_when_the_one_it_was_joined_into_is(gjovikregionen):
    one, two = taken(title="A"), taken("ostre-toten", title="B")
    actions.join(matter=two, into=one, by=secretary())
    ends(one)
    row = Matter.objects.get(pk=two.pk)
    assert (row.state, row.into) == (states.OPEN, None)
    assert "B" in [each.title for each in queries.open_matters(secretary())]


def test_the_number_of_a_decision_and_the_name_of_a_meeting_are_looked_through_and_sealed(gjovikregionen):
    row, client = taken(), client_for("liv", Role.SECRETARY)
    here = f"{HOME}/{row.pk}"
    assert client.post(f"{here}/sakliste", {"meeting": "Kari Nordmann 01018012345"}).status_code == 422
    told = {"text": "Ja", "decision": "Kari Nordmann", "measures": "", "seen": str(row.version)}
    assert client.post(f"{here}/svar", told).status_code == 422
    for act in (
        lambda: actions.take_up(matter=row, meeting_label="hos Kari Nordmann", by=secretary()),
        lambda: actions.decide(matter=row, text="Ja", decision="Kari Nordmann", by=secretary()),
        lambda: actions.answer(matter=row, text="Ja", meeting_label="", decision="Kari Nordmann", by=secretary()),
    ):
        with pytest.raises(Refused):
            act()
    actions.take_up(matter=row, meeting_label="lederteamet i høst", by=secretary())
    actions.decide(matter=Matter.objects.get(), text="Ja", decision="sak 4/27", by=secretary())
    shown = text_of(client, here)
    assert "sak 4/27" in shown
    assert "4/27" not in stored("matters_word")
    assert "høst" not in stored("matters_word")


def test_what_a_kommune_has_written_since_is_seen_in_the_list_until_it_is_read(gjovikregionen):
    row, client = taken(title="Ventetid"), client_for("liv", Role.SECRETARY)
    actions.decide(matter=row, text="Ja", by=secretary())
    assert "Ventetid" not in text_of(client, HOME)
    more = SystemMatter(matter=row.theirs, said="more", text="Hver uke", doubts={"phone": 2}, sent_at=now())
    handlers.keep(more, Envelope(uuid.uuid4(), ref("gjovik"), now()), Reader.for_purpose("post", ref(POST)))
    assert "telefonnummer (2)" in text_of(client, f"{HOME}/{row.pk}")
    shown = text_of(client, HOME)
    assert "Ventetid" in shown
    assert "Nytt fra kommunen" in shown
    assert client.post(f"{HOME}/{row.pk}/lest").status_code == 303
    assert "Nytt fra kommunen" not in text_of(client, HOME)
    assert "Ventetid" not in text_of(client, HOME)


def withdrawn(row: Matter) -> None:
    letter = SystemMatter(matter=row.theirs, said="withdrawn", doubts={}, sent_at=now())
    handlers.keep(letter, Envelope(uuid.uuid4(), ref("gjovik"), now()), Reader.for_purpose("post", ref(POST)))


@pytest.mark.parametrize("after", ["new", "taken_in", "decided", "joined"])
def test_what_the_kommune_takes_back_since_it_tells_of_somebody_is_emptied_here(gjovikregionen, after):
    row = came()
    if after != "new":
        actions.take_in(matter=row, by=secretary())
    if after == "decided":
        actions.decide(matter=row, text="Vi lager en avtale.", by=secretary())
    if after == "joined":
        actions.join(matter=row, into=taken(title="Tolk mangler"), by=secretary())
    withdrawn(row)
    row.refresh_from_db()
    assert (row.state, row.title, row.what, row.wish, row.into) == (states.SENT_BACK, "", "", "", None)
    page = text_of(client_for("liv", Role.SECRETARY), f"{HOME}/{row.pk}")
    assert "Kommunen trakk den selv." in page
    assert "Trukket av Gjøvik" in page
    assert "Ingen tolk" not in page


def test_the_text_goes_also_when_no_letter_reaches_the_kommune(gjovikregionen, monkeypatch):
    row = taken()

    def none(*args: object, **kwargs: object) -> None:
        raise NoKey("ingen")

    monkeypatch.setattr("regional.matters.sending.send", none)
    client = client_for("liv", Role.SECRETARY)
    page = client.post(f"{HOME}/{row.pk}/ta-imot", {"do": "tilbake"}, follow=True).content.decode()
    assert "Teksten er slettet her. Gjøvik kan ikke ta imot brev nå og har ikke fått beskjed." in page
    row.refresh_from_db()
    assert (row.state, row.title) == (states.SENT_BACK, "")
    with pytest.raises(Refused, match="ring koordinatoren"):
        actions.decide(matter=taken_without_letter(), text="Vi lager en avtale.", by=secretary())


def taken_without_letter() -> Matter:
    row = came(title="Ventetid")
    Matter.objects.filter(pk=row.pk).update(state=states.OPEN, taken_in_at=now())
    return row


def test_the_start_page_of_the_secretary_says_what_has_come(gjovikregionen):
    row = came()
    assert "Systemsaker fra kommunene" not in text_of(client_for("liv"), "/start")
    liv = client_for("liv", Role.SECRETARY)
    assert "<strong>1</strong> ny å lese gjennom" in text_of(liv, "/start")
    actions.take_in(matter=row, by=secretary())
    actions.mark_read(matter=row, by=secretary())
    assert "Systemsaker fra kommunene" not in text_of(liv, "/start")
    letter = SystemMatter(matter=row.theirs, said="more", text="Det haster.", doubts={}, sent_at=now())
    handlers.keep(letter, Envelope(uuid.uuid4(), ref("gjovik"), now()), Reader.for_purpose("post", ref(POST)))
    assert "Nytt fra kommunen i <strong>1</strong> systemsak" in text_of(liv, "/start")
