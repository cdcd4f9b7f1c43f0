"""A safety plan goes whole to whoever got it and is proposed for nobody else; what is asked for and is not there is
logged; and two who end a request at once are told."""

from datetime import timedelta

import pytest

from shared.codes.partners import partner_kind
from tenants.cases.actions import write_note
from tenants.cases.models import Case
from tenants.insight import actions, gather, panels, queries
from tenants.insight.models import AccessCopy, AccessRequest
from tenants.measures import safety_actions
from tenants.persons.models import Person
from tenants.team.partners_models import Partner
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import card_in, text_of
from tests.tenants.test_insight_way import asked, lived, page_of, words
from varde.access import Role
from varde.clock import OSLO, now
from varde.ui.dates import day_of

PLAN = "Når Per Hansen er full, går du til Anne i Storgata 5"


def planned(case: Case, *, agreed: bool = True, seen: str = "0") -> None:
    day = day_of(now()) if agreed else None
    safety_actions.write_plan(case=case, parts={"places": PLAN}, agreed_on=day, seen=seen, by=as_person("kari"))


def plans_of(request: AccessRequest) -> list[queries.Reviewed]:
    return [each for each in queries.review_of(request).items if each.found.key.startswith("measures.safetyplan:")]


def test_the_plan_is_never_proposed_for_the_one_it_is_a_plan_against(gjovik):
    (case, _), kari = lived(), client_for("kari")
    planned(case)
    suspected = Person.objects.select_related("concern").get(concern=case.concern, role="suspected")
    request = asked(suspected, "suspected")
    (plan,) = plans_of(request)
    assert (plan.proposal, "Per Hansen" in plan.found.text) == (("withhold", "interests"), True)
    for side in (1, 2):
        kari.post(f"/innsynskrav/{request.pk}/gjennomga?side={side}", page_of(request, side) | {"forslag": "1"})
    copy = actions.give(request=request, by=as_person("kari"))
    said = words(b"".join(kari.get(f"/innsynskrav/{request.pk}/dokument/{copy.number}").streaming_content))
    assert ("Anne" in said, "Storgata 5" in said, "personopplysningsloven § 16" in said) == (False, False, True)


@pytest.mark.parametrize(
    ("asker", "proposal"),
    [
        ("exposed", ("give", "")),
        # A guardian may be whom it is against, and somebody else has chosen the wrong card.
        ("guardian", ("", "")), ("suspected", ("withhold", "interests")), ("reporter", ("withhold", "interests")),
        ("other", ("withhold", "interests")),
    ],
)  # fmt: skip
def test_whole_is_for_the_exposed_person_alone(gjovik, asker, proposal):
    case, person = lived()
    planned(case)
    identity = "mandate" if asker == "guardian" else "shown"
    request = actions.register(person=person, asked=actions.Asked(asker, identity, day_of(now())), by=as_person("kari"))
    assert [each.proposal for each in plans_of(request)] == [proposal]


def test_a_draft_was_given_to_nobody_and_of_two_exposed_nobody_knows_whose_plan_it_is(gjovik):
    case, person = lived()
    planned(case, agreed=False)
    planned(case, seen="1")
    request = asked(person)
    assert sorted(each.proposal[0] for each in plans_of(request)) == ["give", "mask"]
    card_in(case.concern, name="Anne Hansen")
    unsure = plans_of(request)
    assert {each.proposal for each in unsure} == {("", "")}
    assert {each.proposal_said for each in unsure} == {
        "Les selv. Det er ikke sikkert at den som ber, har fått dette før."
    }


def test_our_own_labels_are_no_names_for_others_than_the_exposed_either(gjovik):
    case, _ = lived()
    write_note(case=case, text="Ikke om noen", by=as_person("kari"))
    suspected = Person.objects.get(concern=case.concern, role="suspected")
    items = queries.review_of(asked(suspected, "suspected")).items
    measure = next(each for each in items if each.found.key.startswith("measures.measure:"))
    assert (measure.proposal, "Hva" in measure.found.labels) == (("withhold", "not_about"), True)
    assert [part.text for part in measure.parts if part.marked] == []


def test_a_partner_that_is_a_person_is_a_name_like_any_other(gjovik):
    for kind in gather.PERSONS:
        assert partner_kind(kind).code == kind
    shared = {"secrecy": "hpl_21", "reviewed_on": day_of(now()), "changed_at": now()}
    Partner(kind="fastlege", name="Berit Holm", **shared).save()
    Partner(kind="krisesenter", name="Krisesenteret på Raufoss", **shared).save()
    case, person = lived()
    written = write_note(case=case, text="Vi ringte Berit Holm og Krisesenteret på Raufoss", by=as_person("kari"))
    note = queries.review_of(asked(person)).one(f"cases.note:{written.pk}")
    assert [part.text for part in note.parts if part.marked] == ["Berit Holm"]


def test_a_document_or_a_file_that_was_never_made_is_logged_as_refused(gjovik):
    (case, person), kari = lived(), client_for("kari")
    home = f"/innsynskrav/{asked(person).pk}/dokument"
    assert {kari.get(f"{home}/{each}").status_code for each in ("1", "1/alt", "1/vedlegg/1")} == {404}
    assert way.logged("insight.copy", "denied", case.concern_id)
    assert way.logged("insight.file", "denied", case.concern_id)
    assert kari.get(f"/innboks/{case.concern_id}/innsyn?krav=x").status_code == 404
    assert way.logged("insight.inquiry", "denied")
    assert not AccessCopy.objects.exists()


def test_the_second_who_ends_a_request_reads_why_with_the_words_still_there(gjovik):
    kari, other, case = client_for("kari"), client_for("tove", Role.COORDINATOR), way.case()
    request = asked(card_in(case.concern))
    home = f"/innsynskrav/{request.pk}"
    assert other.post(home, {"slutt-state": "withdrawn", "slutt-reason": "Ringte"}).status_code == 303
    for sent in (
        {"utsett": "1", "frist-until": (request.due_on + timedelta(days=9)).isoformat(), "frist-reason": "Mine ord"},
        {"avslutt": "1", "slutt-state": "refused", "slutt-reason": "Mine ord"},
    ):
        answer = kari.post(home, sent)
        page = answer.content.decode()
        assert (answer.status_code, "Mine ord" in page) == (422, True), sent
        assert "Kravet er alt besvart." in page or "Kravet er trukket. Registrer et nytt krav." in page, sent
    assert "Flytt fristen" not in text_of(kari, home)


def test_what_is_due_tomorrow_here_is_due_before_an_hour_of_tomorrow(gjovik):
    """Late in the evening it is tomorrow here, and not yet in UTC."""
    case = way.case()
    request = asked(card_in(case.concern))
    after_midnight = (
        now()
        .astimezone(OSLO)
        .replace(year=request.due_on.year, month=request.due_on.month, day=request.due_on.day, hour=0, minute=30)
    )
    until = after_midnight.astimezone(now().tzinfo)
    assert until.date() < request.due_on
    assert [each.url for each in panels.on_today(as_person("kari"), until, 9)] == [f"/innsynskrav/{request.pk}"]
