"""A request for access from the first day to the document: gone through, masked, kept back, given, and seen by nobody
else; and what a person says against what is written."""

import hashlib
import uuid
from datetime import timedelta

import pypdfium2
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from shared.codes.forms import CURRENT
from tenants.cases.actions import add_member, answer, write_note
from tenants.cases.models import Case, Note
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.told import Told
from tenants.insight import actions, gather, queries, statements_actions
from tenants.insight.models import AccessCopy, AccessRequest, ItemDecision, Statement
from tenants.insight.statements_actions import Word
from tenants.insight.states import Decided
from tenants.measures import safety_actions
from tenants.persons import spoken_actions
from tenants.persons.models import Person
from tests.cast import as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.people import ADDRESS, card_in, stored, text_of
from tests.tenants.test_hidden import deny
from varde.access import Reader
from varde.clock import OSLO, now
from varde.privacy.actions import destroy
from varde.refusal import Refused
from varde.ui.dates import day_of

NOTE = "Per Hansen tok nøklene. Ring 91 23 45 67. Nina Nabo så det."
DANGER = "Han har hund og våpen i gangen"
NOBODY = "00000000-0000-4000-8000-00000000dead"


def reported() -> Concern:
    """A concern by somebody with a name, opened by Kari."""
    told = Told(
        reporter_kind="privat", what="Han roper om natten", who="Ola Hansen", where_lives=ADDRESS,
        reporter_name="Nina Nabo", reporter_phone="41 00 00 01",
    )  # fmt: skip
    got = receive(told=told, channel="web", by=Reader.for_purpose("intake", ref("gjovik")))
    way.person("kari")
    return open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))


def lived() -> tuple[Case, Person]:
    """A case with two persons, a reporter by name, a note about them all, a warning and a measure."""
    case = way.case(concern=reported())
    hidden = {"protection": "confidential", "address": ADDRESS}
    person = card_in(case.concern, name="Ola Hansen", phone="61 18 95 00", **hidden)
    card_in(case.concern, role="suspected", name="Per Hansen", phone="912 34 567", address="Bakkegata 3, 2815 Gjøvik")
    write_note(case=case, text=NOTE, by=as_person("kari"))
    told = spoken_actions.Told("weapon", DANGER, way.in_hours(24 * 20).date())
    spoken_actions.warn(concern=case.concern, told=told, by=as_person("kari"))
    way.measure(case)
    return case, person


def asked(person: Person, asker: str = "exposed", days_ago: int = 0) -> AccessRequest:
    """A request of today, or of some days ago."""
    day = now().astimezone(OSLO).date() - timedelta(days=days_ago)
    return actions.register(person=person, asked=actions.Asked(asker, "shown", day), by=as_person("kari"))


def words(made: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(made))


def typed(of: Person, **changes: str) -> dict[str, str]:
    """A request as it is typed."""
    return {
        "person": str(of.pk), "asker": "exposed", "identity": "shown", "asker_name": "",
        "received_on": now().astimezone(OSLO).date().isoformat(),
    } | changes  # fmt: skip


def decide(request: AccessRequest, key: str, decided: Decided, version: int = 0, by: str = "kari") -> None:
    """What somebody of the cast decides on the item whose name begins so."""
    review = queries.review_of(request)
    each = next(each for each in review.items if each.found.key.startswith(key))
    actions.decide(
        request=request, found=each.found, known=review.whole.known, decided=decided, version=version,
        by=as_person(by),
    )  # fmt: skip


def page_of(request: AccessRequest, side: int = 1) -> dict[str, str]:
    """The hidden fields of a page of the review, as its forms send them back."""
    items = queries.review_of(request).items[(side - 1) * 10 : side * 10]
    return {
        f"p{at}-{name}": value
        for at, each in enumerate(items)
        for name, value in (
            ("item", each.found.key), ("version", str(each.decision.version if each.decision else 0)),
            ("text", each.masked), ("choice", ""), ("ground", ""), ("reason", ""),
        )
    }  # fmt: skip


def test_the_whole_way_on_the_pages(gjovik):
    (case, person), kari = lived(), client_for("kari")
    home = f"/innboks/{case.concern_id}/innsyn"
    assert "Ola Hansen (Den utsatte)" in text_of(kari, home)
    first = kari.post(home, typed(person))
    assert first.status_code == 303
    request = AccessRequest.objects.select_related("concern", "person").get()
    assert (request.due_on - request.received_on).days in (28, 29, 30, 31)
    for address in ("/innsyn", f"/saker/{case.id}", f"/innboks/{case.concern_id}"):
        assert f"/innsynskrav/{request.pk}" in text_of(kari, address), address
    review = f"/innsynskrav/{request.pk}/gjennomga"
    shown = "".join(text_of(kari, f"{review}?side={side}") for side in (1, 2))
    assert "<mark>Per Hansen</mark> tok nøklene." in shown
    assert "<mark>Nina Nabo</mark>" in shown
    assert DANGER in shown
    assert "Nina Nabo</dd>" not in shown
    # Nothing chosen is nothing decided; what follows the proposals is.
    assert kari.post(f"{review}?side=1", page_of(request)).status_code == 303
    assert not ItemDecision.objects.exists()
    assert kari.post(f"/innsynskrav/{request.pk}/gi").status_code == 303
    assert not AccessCopy.objects.exists()
    for side in (1, 2):
        kari.post(f"{review}?side={side}", page_of(request, side) | {"forslag": "1"})
    unread = {each.found.title for each in queries.review_of(request).items if not each.decided}
    assert unread == {f"Bekymringen slik den kom: {each}" for each in ("Hva det gjelder", "Hvem det gjelder", "Bosted")}
    kari.post(f"{review}?side=1", page_of(request) | dict.fromkeys(("p0-choice", "p1-choice", "p2-choice"), "give"))
    assert queries.review_of(request).undecided == 0
    assert kari.post(f"/innsynskrav/{request.pk}/gi").status_code == 303
    made = b"".join(kari.get(f"/innsynskrav/{request.pk}/dokument/1").streaming_content)
    copy = AccessCopy.objects.get()
    assert hashlib.sha256(made).hexdigest() == copy.sha256
    assert b"pdfuaid:part>1<" in made
    said = words(made)
    for part in (
        "[annen person] tok nøklene. Ring [annen person]. [annen person] så det.", "Han roper om natten", "Ola Hansen",
        "Hjemmetjenesten ser innom", "Kari Koordinator", "artikkel 6 nr. 1", "Datatilsynet", "Hvem som har sett",
        "personopplysningsloven § 16 første ledd bokstav f", "Rettighetene dine",
    ):  # fmt: skip
        assert part in said, part
    for part in (
        "Per Hansen",
        "Nina",
        "Nabo",
        "912 34 567",
        "91 23 45 67",
        "41 00 00 01",
        "Bakkegata",
        "Storgata",
        DANGER,
    ):
        assert part not in said, part
    assert way.logged("insight.copy", "export", case.concern_id)
    assert way.logged("audit.extract", "print", case.concern_id)
    assert kari.get(f"/innsynskrav/{request.pk}/dokument/2").status_code == 404
    assert "Gitt" in text_of(kari, f"/innsynskrav/{request.pk}")


def test_a_person_in_two_matters_gets_a_request_in_each_that_was_ticked(gjovik):
    (case, person), kari = lived(), client_for("kari")
    other, elsewhere = way.case(), way.case()
    there = card_in(other.concern, name="Ola Hansen", phone="61 18 95 00")
    card_in(elsewhere.concern, name="Ola Hansen", phone="61 18 95 00")
    home = f"/innboks/{case.concern_id}/innsyn"
    assert other.name in text_of(kari, home)
    sent = typed(person, also=f"{person.pk}:{there.pk}")
    assert kari.post(home, sent).status_code == 303
    rows = AccessRequest.objects.all()
    assert {row.concern_id for row in rows} == {case.concern_id, other.concern_id}
    assert kari.post(home, typed(person, also=f"{person.pk}:{person.pk}")).status_code == 422


def test_what_is_not_decided_is_not_given_and_a_new_text_is_decided_anew(gjovik):
    case, person = lived()
    request = asked(person)
    with pytest.raises(Refused, match="hvem som meldte"):
        decide(request, "cases.note:", Decided("give"))
    with pytest.raises(Refused, match="hvem som meldte"):
        decide(request, "cases.note:", Decided("mask", "Nina så det"))
    decide(request, "cases.note:", Decided("mask", "Noen tok nøklene."))
    decide(request, "measures.measure:", Decided("give"))
    copy = actions.give(request=request, by=as_person("kari"))
    measure = case.measures.get()
    measure.effect = "Han sover bedre"
    measure.save()
    review = queries.review_of(request)
    stale = next(each for each in review.items if each.found.key.startswith("measures.measure:"))
    assert stale.stale
    assert stale.given == ""
    second = actions.give(request=request, by=as_person("kari"))
    assert (copy.number, second.number) == (1, 2)
    decide(request, "measures.measure:", Decided("give"), version=1)
    assert queries.review_of(request).one(stale.found.key).given.endswith("Han sover bedre")


def test_a_reporter_learned_of_after_the_decision_is_not_named_in_the_document(gjovik):
    (case, person), kari = lived(), client_for("kari")
    later = write_note(case=case, text="Berit Nordmann så at han slo", by=as_person("kari"))
    word = Word("correction", "Det er feil")
    row = statements_actions.state(person=person, word=word, by=as_person("kari"))
    statements_actions.answer(statement=row, answer="refused", reason="Berit Nordmann så det", by=as_person("kari"))
    request, key = asked(person), f"cases.note:{later.pk}"
    decide(request, key, Decided("give"))
    decide(request, "measures.measure:", Decided("give"))
    card_in(case.concern, role="reporter", name="Berit Nordmann")
    home = f"/innsynskrav/{request.pk}"
    assert kari.post(f"{home}/gi").status_code == 303
    assert not AccessCopy.objects.exists()
    told = text_of(kari, home)
    name = queries.review_of(request).one(key).name
    assert f"må vurderes på nytt før noe gis: {name}." in told
    assert "Det som gis, kan nå vise hvem som meldte." in "".join(
        text_of(kari, f"{home}/gjennomga?side={side}") for side in (1, 2)
    )
    decide(request, key, Decided("mask", "Noen så at han slo"), version=1)
    assert kari.post(f"{home}/gi").status_code == 303
    said = words(b"".join(kari.get(f"{home}/dokument/1").streaming_content))
    assert ("Noen så at han slo" in said, "Berit" in said, "Nordmann" in said) == (True, False, False)


def test_the_second_who_decides_is_told_and_what_was_typed_stays(gjovik):
    (_, person), kari = lived(), client_for("kari")
    request = asked(person)
    sent = page_of(request)
    note = next(
        each.found.key for each in queries.review_of(request).items if each.found.key.startswith("persons.person")
    )
    at = next(name.removesuffix("-item") for name, value in sent.items() if value == note)
    decide(request, note, Decided("give"))
    chosen = {f"{at}-choice": "withhold", f"{at}-ground": "internal", f"{at}-reason": "Min egen grunn"}
    answer = kari.post(f"/innsynskrav/{request.pk}/gjennomga", sent | chosen)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "var først ute" in page
    assert "Min egen grunn" in page
    assert ItemDecision.objects.get().choice == "give"
    assert kari.post(f"/innsynskrav/{request.pk}/gjennomga", sent | chosen | {f"{at}-version": "1"}).status_code == 303
    assert ItemDecision.objects.get().ground == "internal"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"received_on": "2020-01-01"}, "mer enn et år siden"),
        ({"received_on": (now() + timedelta(days=3)).date().isoformat()}, "fram i tid"),
        ({"asker": "guardian"}, "vergefullmakt"),
        ({"person": str(uuid.uuid4())}, "Velg en av personene i saken."),
        ({"asker": "somebody"}, "somebody"),
        ({"identity": ""}, "Velg"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(gjovik, changes, sentence):
    kari, case = client_for("kari"), way.case()
    person = card_in(case.concern)
    answer = kari.post(f"/innboks/{case.concern_id}/innsyn", typed(person, **changes))
    assert (answer.status_code, AccessRequest.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_a_request_is_refused_withdrawn_or_put_off_with_a_reason(gjovik):
    kari, case = client_for("kari"), way.case()
    request = asked(card_in(case.concern), days_ago=26)
    assert f"/innsynskrav/{request.pk}" in text_of(kari, "/start")
    home, later = f"/innsynskrav/{request.pk}", (request.received_on + timedelta(days=80)).isoformat()
    assert kari.post(home, {"utsett": "1", "frist-until": later, "frist-reason": ""}).status_code == 422
    too_late = {"utsett": "1", "frist-until": "2099-01-01", "frist-reason": "Mye"}
    assert "høyst til tre måneder" in kari.post(home, too_late).content.decode()
    assert kari.post(home, {"utsett": "1", "frist-until": later, "frist-reason": "Mange saker"}).status_code == 303
    assert AccessRequest.objects.get().due_on.isoformat() == later
    with pytest.raises(Refused, match="alt et åpent krav"):
        asked(request.person)
    assert kari.post(home, {"slutt-state": "refused", "slutt-reason": ""}).status_code == 422
    assert kari.post(home, {"slutt-state": "refused", "slutt-reason": "Viste ikke hvem"}).status_code == 303
    assert "Viste ikke hvem" in text_of(kari, home)
    with pytest.raises(Refused, match="avslått"):
        actions.give(request=request, by=as_person("kari"))


def test_a_suspected_person_gets_what_is_about_them_and_nothing_else_is_proposed(gjovik):
    case, _ = lived()
    suspected = Person.objects.get(concern=case.concern, role="suspected")
    items = {each.found.key.partition(":")[0]: each for each in queries.review_of(asked(suspected, "suspected")).items}
    assert items["cases.note"].proposal == ("mask", "")
    assert "Per Hansen" in items["cases.note"].masked
    assert "Nina" not in items["cases.note"].masked
    assert items["measures.measure"].proposal == ("withhold", "not_about")
    assert items["persons.safetywarning"].proposal == ("withhold", "interests")


def test_what_tells_who_reported_is_left_out_of_the_form_and_ones_own_plan_is_given_whole(gjovik):
    """The archive has the form whole; the person has the plan already, with the names in it."""
    case, person = lived()
    answers = {"melder": ["health_personnel"], "grunnlag": ["injury_observed"], "politi": ["not_reported"]}
    answer(case=case, form=CURRENT, answers=answers, by=as_person("kari"))
    parts = {"call": "Per Hansen, 91 23 45 67"}
    safety_actions.write_plan(case=case, parts=parts, agreed_on=day_of(now()), seen="0", by=as_person("kari"))
    kept, given = gather.as_kept(case.concern), gather.everything(case.concern, person).items
    form_of = [next(each.text for each in found if each.key.startswith("cases.answer")) for found in (kept, given)]
    asked_for = ("Hvem meldte", "helsepersonell", "skade", "ikke anmeldt")
    found = [[word in text for word in asked_for] for text in form_of]
    assert found == [[True, True, True, True], [False, False, False, True]]
    (plan,) = (each for each in queries.review_of(asked(person)).items if each.found.key.startswith("measures.safety"))
    assert (plan.proposal, "Per Hansen" in plan.found.text) == (("give", ""), True)


def test_a_persons_word_stands_beside_the_text_and_never_in_its_place(gjovik):
    (case, person), kari = lived(), client_for("kari")
    note = Note.objects.get()
    home, key = f"/innboks/{case.concern_id}/innvendinger", f"cases.note:{note.pk}"
    sent = {"person": str(person.pk), "kind": "correction", "item": key, "text": "Det var jeg som ga ham nøklene"}
    assert kari.post(home, sent | {"text": ""}).status_code == 422
    assert kari.post(home, sent).status_code == 303
    row = Statement.objects.get()
    assert row.about == NOTE
    for address in (home, f"/saker/{case.id}", f"/innsynskrav/{asked(person).pk}/gjennomga"):
        page = text_of(kari, address)
        assert "Det var jeg som ga ham nøklene" in page, address
        assert "tok nøklene" in page
    note.refresh_from_db()
    assert note.text == NOTE
    answer = f"/innvendinger/{row.pk}"
    assert kari.post(answer, {"answer": "granted", "reason": "x"}).status_code == 422
    assert kari.post(answer, {"answer": "noted", "reason": "Ført ved siden av"}).status_code == 303
    assert kari.post(answer, {"answer": "noted", "reason": "En gang til"}).status_code == 422
    request = AccessRequest.objects.select_related("concern", "person").get()
    decide(request, "cases.note:", Decided("mask", "Noen tok nøklene."))
    actions.give(request=request, by=as_person("kari"))
    said = words(b"".join(kari.get(f"/innsynskrav/{request.pk}/dokument/1").streaming_content))
    assert 0 < said.index("Noen tok nøklene.") < said.index("Mener at noe er feil, ")
    assert "Svaret vårt: Ført ved siden av teksten. Ført ved siden av" in said


def test_a_restriction_is_seen_at_the_top_until_it_is_ended(gjovik):
    (case, _), kari = lived(), client_for("kari")
    suspected = Person.objects.get(concern=case.concern, role="suspected")
    word = Word("restriction", "Ikke bruk dette mens dere undersøker")
    row = statements_actions.state(person=suspected, word=word, by=as_person("kari"))
    restricted = "Bruken av opplysninger i denne saken er begrenset"
    assert restricted not in text_of(kari, f"/saker/{case.id}")
    statements_actions.answer(statement=row, answer="granted", reason="Vi undersøker", by=as_person("kari"))
    for address in (f"/saker/{case.id}", f"/innboks/{case.concern_id}"):
        assert restricted in text_of(kari, address)
    assert kari.post(f"/innvendinger/{row.pk}", {"opphev": "1"}).status_code == 303
    assert restricted not in text_of(kari, f"/saker/{case.id}")


def test_it_is_hidden_from_those_outside_and_a_member_gives_nothing_out(gjovik):
    case, person = lived()
    request = asked(person)
    row = statements_actions.state(person=person, word=Word("objection", "Slutt"), by=as_person("kari"))
    tom = client_for("tom")
    for address in ("/innsynskrav/{}", "/innsynskrav/{}/gjennomga", "/innsynskrav/{}/dokument/1"):
        hidden, absent = (tom.get(address.format(key)) for key in (request.pk, NOBODY))
        assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert tom.get(f"/innvendinger/{row.pk}").status_code == 404
    assert str(request.pk) not in text_of(tom, "/innsyn")
    with seen_as("tom"):
        assert not AccessRequest.objects.exists()
        assert not Statement.objects.exists()
    add_member(case=case, user=way.person("tom"), by=as_person("kari"))
    assert "En koordinator går gjennom" in text_of(tom, f"/innsynskrav/{request.pk}")
    assert tom.get(f"/innsynskrav/{request.pk}/gjennomga").status_code == 403
    assert tom.post(f"/innsynskrav/{request.pk}/gi").status_code == 403
    deny(case.concern, "tom")
    assert tom.get(f"/innsynskrav/{request.pk}").status_code == 404


def test_the_tables_hold_nothing_in_the_clear_and_what_was_said_is_frozen(gjovik):
    case, person = lived()
    request = asked(person)
    decide(request, "cases.note:", Decided("mask", "Noen tok nøklene."))
    decide(request, "persons.safetywarning:", Decided("withhold", ground="interests", reason="Fare for ansatte"))
    statements_actions.state(
        person=person, word=Word("correction", "Det er feil at han har hund"), by=as_person("kari")
    )
    actions.give(request=request, by=as_person("kari"))
    copy = stored("insight_request", "insight_decision", "insight_copy", "insight_statement")
    for text in ("tok nøklene", "Fare for ansatte", "Det er feil"):
        assert text not in copy
        assert text.encode().hex() not in copy
    for change in (
        "UPDATE insight_statement SET text = ''::bytea", "UPDATE insight_request SET received_on = '2020-01-01'",
        "UPDATE insight_copy SET number = 7", "DELETE FROM insight_decision",
    ):  # fmt: skip
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    destroy(matter_id=case.concern_id, by=as_person("kari"))
    forget_keys()
    kari = client_for("kari")
    assert "Innholdet er slettet." in text_of(kari, f"/innsynskrav/{request.pk}")
    assert kari.get(f"/innsynskrav/{request.pk}/dokument/1").status_code == 303
    for address in (f"/innboks/{case.concern_id}/innvendinger", f"/innboks/{case.concern_id}/innsyn", "/innsyn"):
        assert text_of(kari, address)
