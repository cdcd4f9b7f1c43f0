"""Who reported is shown on one page, behind a reason: not by a card, a letter, a paper, a review or a shared number."""

import base64
import zipfile
from dataclasses import asdict
from io import BytesIO

import pytest
from django.db import transaction

from shared.contracts import known
from tenants.cases.actions import write_note
from tenants.inbox import reporter_queries
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.places_models import PlaceTerm
from tenants.inbox.places_tasks import lay_for_old
from tenants.inbox.replies_models import ReporterLook
from tenants.inbox.told import Told
from tenants.insight import actions as insight
from tenants.insight import masks, queries
from tenants.insight.masks import Known, Someone
from tenants.insight.states import Decided
from tenants.joined.carrying import lay_cards
from tenants.kept import bundle_papers
from tenants.persons import actions, repeats
from tenants.persons.card import SEALED, Card
from tenants.persons.models import Person, PersonLink, PersonVersion
from tenants.persons.queries import whole_card
from tenants.persons.states import HIDDEN_ADDRESS
from tests.cast import as_person, ref
from tests.client import client_for, confirm
from tests.tenants import transfers, way
from tests.tenants.people import ADDRESS, card_in, text_of, typed
from tests.tenants.test_insight_way import asked, decide, words
from tests.tenants.test_kept_end import decided_class, old_case
from tests.tenants.test_persons_warnings import told_of, warned
from tests.tenants.test_transfer_known import known_case, packed
from varde.access import Reader
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.refusal import Refused

MONA = {"name": "Mona Melder", "phone": "40 50 60 70", "address": "Bakkegata 3", "relation": "neighbour"}
WHY = {"reason": "danger", "text": "Må varsles om det som skjer"}


def tells(text: str) -> list[str]:
    """What of the reporter's card stands in a text."""
    return [each for each in ("Mona", "Melder,", "40 50 60 70", "40506070", "Bakkegata") if each in text]


def looked() -> int:
    current().flush()
    return Entry.objects.filter(what="inbox.reporter", action="view").count()


def reported(name: str, phone: str) -> Concern:
    """A concern by somebody with a name and a number, opened by Kari."""
    told = Told(
        reporter_kind="privat", what="Han roper om natten", who="Ola Hansen", reporter_name=name, reporter_phone=phone
    )
    got = receive(told=told, channel="web", by=Reader.for_purpose("intake", ref("gjovik")))
    way.person("kari")
    return open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))


def test_a_card_of_the_reporter_says_nothing_on_any_page_until_a_reason_is_given(gjovik):
    case = way.case()
    concern, kari = case.concern, client_for("kari")
    card_in(concern, name="Ola Utsatt")
    card = card_in(concern, "reporter", **MONA)
    warned(concern, person=card)
    home = f"/innboks/{concern.pk}"
    for address in (
        f"/saker/{case.id}", f"/saker/{case.id}/overfor", f"{home}/personer", f"{home}/stemme", f"{home}/advarsler",
        f"{home}/innsyn", f"/personer/{card.pk}", f"{home}/feilfort/kort/{card.pk}", f"{home}/melder",
    ):  # fmt: skip
        page = text_of(kari, address)
        assert not tells(page), address
        assert "forseglet" in page, address
    assert "Nabo" not in text_of(kari, f"/personer/{card.pk}").split("Endre kortet")[0]
    assert looked() == 0
    assert reporter_queries.is_given(concern)
    shown = kari.post(f"{home}/melder", WHY)
    assert shown.status_code == 200
    assert len(tells(shown.content.decode())) >= 3
    assert looked() == ReporterLook.objects.count() == 1


def test_the_card_is_changed_unseen_and_never_becomes_or_joins_another(gjovik):
    """What is left empty stays; a role, a merge or a link would tell whose card it is, and a guess tells nothing."""
    concern, kari = told_of(), client_for("kari")
    card, other = card_in(concern, "reporter", **MONA), card_in(concern, "relative", name="Per Hansen")
    seen = str(card.version)
    blank = typed(role="reporter", known="", name="", protection="", seen=seen)
    assert kari.post(f"/personer/{card.pk}", blank | {"notes": "Ringer helst"}).status_code == 303
    card.refresh_from_db()
    assert asdict(whole_card(card)) == asdict(Card(**MONA, notes="Ringer helst"))
    # The same name again is a change like any other: that nothing changed would say that it was right.
    guess = blank | {"seen": str(card.version), "name": "Mona Melder"}
    assert kari.post(f"/personer/{card.pk}", guess).status_code == 303
    assert PersonVersion.objects.filter(person=card).count() == 3
    card.refresh_from_db()
    late = kari.post(f"/personer/{card.pk}", blank | {"name": "Noen"})
    assert late.status_code == 422
    assert not tells(late.content.decode())
    assert kari.post(f"/personer/{card.pk}", typed(role="relative", seen=str(card.version))).status_code == 422
    by = as_person("kari")
    for act in (
        lambda: actions.change_person(
            person=card, role="relative", card=Card(name="Per"), seen=str(card.version), by=by
        ),
        lambda: actions.merge(keep=other, other=card, by=by),
        lambda: actions.merge(keep=card, other=other, by=by),
        lambda: actions.link(person=card_in(told_of(), name="Mona Melder"), other=card, by=by),
    ):
        with pytest.raises(Refused, match="meldte"), transaction.atomic():
            act()
    # Nor does it matter whether a name stands there: «Kjent» is taken on a card with one and on a card without.
    for stands in (card, card_in(concern, "reporter", name="", known="unknown")):
        sent = blank | {"known": "known", "seen": str(stands.version)}
        assert kari.post(f"/personer/{stands.pk}", sent).status_code == 303
    page = text_of(kari, f"/personer/{other.pk}")
    assert SEALED not in page.split("Samme person på to kort?")[-1].split("Historikk")[0]
    # A card that becomes the reporter's is closed with all it said before.
    actions.change_person(person=other, role="reporter", card=whole_card(other), seen=str(other.version), by=by)
    assert "Per Hansen" not in text_of(kari, f"/personer/{other.pk}") + text_of(kari, f"/innboks/{concern.pk}")


def test_links_of_before_and_joining_tell_nothing(gjovik):
    concern, elsewhere, by = told_of(), told_of(), as_person("kari")
    mine, theirs = card_in(concern, "relative", name="Mona Melder"), card_in(elsewhere, "reporter", **MONA)
    row = {"concern_id": concern.pk, "other_id": elsewhere.pk, "by_user": by.user_id, "by_name": by.name}
    PersonLink(person=mine, other_person=theirs, at=theirs.made_at, **row).save(force_insert=True)
    assert repeats.repeats_of(concern, [mine]) == []
    lay_cards(elsewhere, concern, [str(theirs.pk)], by)
    laid = Person.objects.get(concern=concern, role="reporter")
    assert asdict(whole_card(laid)) == asdict(Card(**MONA))
    assert PersonLink.objects.count() == 1


def test_the_protected_address_of_a_reporter_is_a_look_at_the_reporter_too(gjovik):
    concern, kari = told_of(), client_for("kari")
    card = card_in(concern, "reporter", **MONA | {"protection": "strict"})
    assert "Vis adressen én gang" in text_of(kari, f"/personer/{card.pk}")
    shown = kari.post(f"/personer/{card.pk}/adresse", WHY | {"reason": "visit"}).content.decode()
    assert "Bakkegata 3" in shown
    assert "Mona" not in shown
    assert looked() == ReporterLook.objects.count() == 1


def test_a_card_that_came_from_another_kommune_is_closed_here_too(gjovik):
    came = known.KnownPerson(role="reporter", **asdict(Card(**MONA)))
    transfers.deliver(
        transfers.letter(
            covered=False, about_staff="", reporter_name="", reporter_phone="", reporter_relation="",
            known=known.Known(persons=(came,)),
        )
    )  # fmt: skip
    way.person("kari")
    there = open_concern(concern=Concern.objects.get(channel="transfer"), by=as_person("kari"))
    page = text_of(client_for("tom"), f"/innboks/{there.pk}")
    assert not tells(page)
    assert SEALED in page
    kari = client_for("kari")
    assert "Mona Melder" in kari.post(f"/innboks/{there.pk}/melder", WHY).content.decode()
    assert kari.post(f"/innboks/{there.pk}/overfort").status_code == 303
    assert asdict(whole_card(Person.objects.get(concern=there))) == asdict(Card(**MONA))
    assert not tells(text_of(kari, f"/innboks/{there.pk}"))


def test_a_protected_address_that_came_along_is_found_by_no_search_and_named_by_no_warning(gjovik):
    sent = packed(known_case())
    transfers.deliver(transfers.letter(covered=False, about_staff="", where_lives=ADDRESS, known=sent.known))
    there = open_concern(concern=Concern.objects.get(channel="transfer"), by=as_person("kari"))
    kari, home = client_for("kari"), f"/innboks/{there.pk}"
    for typed_in in ("Storgata", "Storgata 77 B"):
        assert str(there.pk) not in kari.post("/sok", {"sok": typed_in}).content.decode()
    other = told_of()
    warned(other, place="Storgata 77 B")
    assert "Storgata" not in text_of(kari, home)
    # What was laid before this was seen to is taken out and looked at again at night.
    PlaceTerm.objects.filter(concern=there).delete()
    lay_for_old.run(ref("gjovik"))
    assert [row.kind for row in PlaceTerm.objects.filter(concern=there)] == ["none"]


def test_a_place_that_is_protected_here_is_not_named_by_a_warning_of_a_person_elsewhere(gjovik):
    """The warning is of the same person, in a matter where nobody has protected the address."""
    kari, elsewhere, here = client_for("kari"), told_of(), told_of()
    known_there = card_in(elsewhere, name="Ola Utsatt", id_number="01819012012")
    warned(elsewhere, person=known_there, place="Storgata 77 B")
    card_in(here, name="Ola Utsatt", id_number="01819012012", protection="strict", address=ADDRESS)
    page = text_of(kari, f"/innboks/{here.pk}")
    assert "samme fødselsnummer" in page
    assert HIDDEN_ADDRESS in page
    assert "Storgata" not in page


def test_the_archive_has_the_card_in_the_reporters_paper_and_the_look_is_noted(house, gjovik):
    decided_class()
    case = old_case()
    card = card_in_closed(case.concern)
    assert not tells(repr(list(bundle_papers.matter(case.concern, case))))
    assert tells(repr(bundle_papers.reporter(case.concern)))
    kari = client_for("kari")
    confirm(kari)
    answer = kari.post(f"/oppbevaring/{case.concern_id}/pakke")
    assert answer.status_code == 200
    packed_files = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    said = {
        name: words(packed_files.read(name)) for name in packed_files.namelist() if name.endswith(".pdf")
    }  # fmt: skip
    assert [name for name, text in said.items() if "Mona" in text] == ["02-melder.pdf"]
    assert looked() == ReporterLook.objects.count() == 1
    assert card.role == "reporter"
    assert not [asked for asked in ("Navnet ditt", "nummeret ditt", "kjenner du") if asked in said["02-melder.pdf"]]


def card_in_closed(concern: Concern) -> Person:
    """A reporter's card that was laid while the matter was open."""
    Concern.objects.filter(pk=concern.pk).update(progress="opened")
    row = card_in(concern, "reporter", **MONA)
    Concern.objects.filter(pk=concern.pk).update(progress="closed")
    return row


def test_a_number_shared_in_a_household_does_not_open_who_reported(gjovik):
    concern = reported("Lise Berg", "61 18 95 00")
    case, by = way.case(concern=concern), as_person("kari")
    person = card_in(concern, name="Ola Hansen", phone="61 18 95 00")
    write_note(case=case, text="Lise Berg meldte fra fordi hun bor der. Ring 61 18 95 00.", by=by)
    request = asked(person)
    with pytest.raises(Refused, match="hvem som meldte"), transaction.atomic():
        decide(request, "cases.note", Decided("give"))
    each = next(e for e in queries.review_of(request).items if e.found.key.startswith("cases.note"))
    assert each.masked == "[annen person] meldte fra fordi hun bor der. Ring 61 18 95 00."
    decide(request, "cases.note", Decided("mask", text=each.masked))
    text = words(base64.b64decode(insight.give(request=request, by=by).pdf))
    assert "meldte fra fordi hun bor der. Ring 61 18 95 00." in text
    assert "Lise" not in text
    assert "Berg" not in text


def test_the_review_does_not_say_who_reported_and_whoever_finds_out_stands_in_the_log(gjovik):
    concern = reported("Lise Berg", "41 00 00 01")
    case = way.case(concern=concern)
    person = card_in(concern, name="Ola Hansen", phone="61 18 95 00")
    card_in(concern, "reporter", **MONA)
    text = "Lise Berg, Per Dahl og Eva Lund bor i gata. Lise ringte, og eva også. Ring lise berg."
    write_note(case=case, text=text, by=as_person("kari"))
    request, kari = asked(person), client_for("kari")
    page = "".join(text_of(kari, f"/innsynskrav/{request.pk}/gjennomga?side={side}") for side in (1, 2))
    assert all(f"<mark>{name}</mark>" in page for name in ("Lise Berg", "Per Dahl", "Eva Lund"))
    assert "<mark>Lise</mark>" not in page
    assert "<mark>lise berg</mark>" not in page
    assert not tells(page)
    assert looked() == 0
    for guess in ("Per Holm ringte", "Mona Melder", "Ring 41 00 00 01"):
        with pytest.raises(Refused, match="noe tatt ut"), transaction.atomic():
            decide(request, "cases.note", Decided("mask", text=guess))
    assert looked() == 0
    decide(request, "cases.note", Decided("mask", text="Per Dahl og Eva Lund bor i gata."))
    with pytest.raises(Refused, match="Vis hvem som meldte"), transaction.atomic():
        decide(request, "cases.note", Decided("mask", text="Lise Berg bor i gata."), 1)
    assert looked() == 1
    # Whoever has said why they must know, gets help to find every place.
    assert kari.post(f"/innboks/{concern.pk}/melder", WHY).status_code == 200
    page = "".join(text_of(kari, f"/innsynskrav/{request.pk}/gjennomga?side={side}") for side in (1, 2))
    assert "<mark>Lise</mark> ringte" in page
    assert "Ring <mark>lise berg</mark>" in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Naboen så Kåre og Else Moe.", "Naboen så [annen person] og [annen person]."),
        ("Else Moe så det. Hun gikk.", "[annen person] så det. Hun gikk."),
        ("Han ringte NAV og Ola Hansen.", "Han ringte NAV og Ola Hansen."),
        ("Bor i Storgata 77 B.", "Bor i Storgata 77 B."),
        ("Da Ola kom: Stille.", "Da Ola kom: Stille."),
    ],
)
def test_whatever_is_written_as_a_name_is_marked_whoever_it_is(text, expected):
    own = Someone(("Ola Hansen",), (), (ADDRESS,))
    for reporter in (Someone(), Someone(("Else Moe",)), Someone(("Kåre Bø",))):
        assert masks.without(masks.parts(text, Known(own, (), reporter))) == expected
    assert masks.is_of(expected, text)


def test_a_text_with_something_taken_out_holds_nothing_new():
    assert masks.is_of("Han kom", "Han slo og kom.")
    assert not masks.is_of("kom Han", "Han slo og kom.")
    assert not masks.is_of("Han kom 41", "Han kom 410")
