"""The archive gets all of it: every sealed table of a matter stands in one of the bundle's papers."""

from tenants.insight import statements_actions
from tenants.insight.gather import as_kept
from tenants.insight.sources import sources
from tenants.insight.statements_actions import Word
from tenants.kept import bundle_papers
from tenants.persons.spoken_actions import Told, plan_contact, warn, write_voice
from tenants.persons.voice import Contact, Said
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.said import lay
from tests.cast import as_person
from tests.tenants import way
from tests.tenants.people import card_in

WORDS = ("Hunden biter", "Hun vil ha ny lås", "Møt henne hos fastlegen", "Fare for liv", "Det stemmer ikke")


def full(concern) -> None:
    """Something in the tables that no other paper is made of."""
    kari, person = as_person("kari"), card_in(concern)
    warn(concern=concern, told=Told("dog", WORDS[0], way.in_hours(480).date(), person, "", ""), by=kari)
    said = Said(words="own", wants=WORDS[1], consent="yes")
    write_voice(concern=concern, person=person, stage="start", said=said, by=kari)
    plan_contact(concern=concern, contact=Contact(who=WORDS[2], where="x", state="met"), by=kari)
    duty = DutyWeighed(concern=concern, duty="avert", version="1", answer="no", reason=WORDS[3])
    lay(duty, what="triage.duty", by=kari)
    statements_actions.state(person=person, word=Word("correction", WORDS[4]), by=kari)


def test_what_the_person_said_and_what_was_weighed_is_in_the_bundle(gjovik):
    case = way.case()
    full(case.concern)
    paper = repr(bundle_papers.everything(case.concern))
    for text in WORDS:
        assert text in paper, text


def test_a_concern_that_never_was_a_case_is_whole_too(gjovik):
    concern = way.opened()
    full(concern)
    paper = repr(bundle_papers.everything(concern))
    for text in WORDS:
        assert text in paper, text


def test_every_table_that_is_gathered_is_asked(gjovik):
    """What a person may ask for is what the archive gets: one list for both (tenants/insight/sources.py)."""
    case = way.case()
    full(case.concern)
    tables = {found.key.partition(":")[0] for found in as_kept(case.concern)}
    assert tables <= {source.label for source in sources()}
    assert {"inbox.concern", "persons.voiceentry", "persons.safetywarning", "triage.dutyweighed"} <= tables
