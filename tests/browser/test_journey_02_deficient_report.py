"""A report with too little in it: more is collected, it is decided on again, and it becomes a case."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import decide, field, main, me, open_concern, press, said
from tests.browser.steps_hidden import unseen
from tests.browser.steps_story import (
    DESK,
    PHONE,
    Story,
    become_case,
    follow,
    in_days,
    one_of_a_kind,
    opened_again,
    put_on,
    report,
    shows,
    unfold_report,
    unfold_story,
)
from tests.browser.walker import go, heading

pytestmark = pytest.mark.browser

OFFICE = "vestre-toten"
TOO_LITTLE = "Vi vet verken hvem det gjelder eller hva som har skjedd."
RING = "Ringe melderen og spørre hvem det gjelder"
TOLD = "Melderen sier at det gjelder en eldre mann i andre etasje"
NOTE = "Hjemmetjenesten kjenner ham, og er der hver tirsdag"
AGAIN = "Vurdere på nytt med det melderen fortalte"


def too_little(coordinator: Page) -> None:
    """Mangelfull: the matter goes on with somebody, something to do and a day; without these it is refused."""
    decide(coordinator, "Hent inn mer", TOO_LITTLE, category="Mangelfull")
    shows(coordinator, "Skriv hva som er neste steg.")
    expect(field(coordinator, "Begrunnelse")).to_have_value(TOO_LITTLE)
    field(coordinator, "Hva er neste steg?").fill(RING)
    field(coordinator, "Hvem gjør det?").select_option(label=me(coordinator))
    press(coordinator, "Lagre avklaringen")
    said(coordinator, "Bekymringen er avklart: Hent inn mer informasjon.")
    shows(coordinator, TOO_LITTLE, RING)


def collected(coordinator: Page) -> None:
    """The step is done, and the next one has a day; the day before yesterday is refused and nothing typed is lost."""
    main(coordinator).get_by_role("link", name="Meld gjort eller endre").click()
    heading(coordinator, "Neste steg")
    form = (
        main(coordinator).locator("form").filter(has=coordinator.get_by_role("button", name=re.compile("Meld gjort")))
    )
    form.get_by_label(re.compile("Hva kom ut av det")).fill(TOLD)
    form.get_by_label(re.compile("Hva er neste steg")).fill(AGAIN)
    form.get_by_label(re.compile("Hvem gjør det")).select_option(label=me(coordinator))
    form.get_by_label(re.compile("Frist, dato")).fill(in_days(-2))
    form.get_by_role("button").click()
    shows(coordinator, "Datoen er passert. Velg i dag eller senere.")
    expect(form.get_by_label(re.compile("Hva er neste steg"))).to_have_value(AGAIN)
    form.get_by_label(re.compile("Frist, dato")).fill(in_days(3))
    form.get_by_role("button").click()
    said(coordinator, "Steget er meldt gjort, og det neste er lagt til.")
    field(coordinator, "Hva har dere fått vite?").fill(NOTE)
    press(coordinator, "Lagre notatet")
    said(coordinator, "Notatet er lagret.")


def test_deficient_report_becomes_a_case(story: Story) -> None:
    what = one_of_a_kind("Noe er galt i nabohuset")
    reporter = story.visitor(OFFICE, PHONE)
    code = report(reporter, "privatperson", what)
    story.look(reporter, "kvittering")
    coordinator = story.person("koordinator", OFFICE, DESK)
    concern = open_concern(coordinator, "Nettskjema", what)
    follow(reporter, code, "Åpnet av et menneske", what)
    too_little(coordinator)
    story.look(coordinator, "mangelfull")
    follow(reporter, code, "Under arbeid", what, TOO_LITTLE)
    member = story.person("teammedlem", OFFICE, PHONE)
    go(member, "Innboks")  # the whole team has the inbox until it becomes a case
    expect(main(member).locator(f"a[href='{concern}']")).to_be_visible()
    go(coordinator, "Frister")
    main(coordinator).get_by_role("link", name=RING).first.click()
    opened_again(coordinator, concern)
    collected(coordinator)
    opened_again(coordinator, concern)
    case = become_case(coordinator, "Melderen fortalte hvem og hva.", "Besøke sammen med hjemmetjenesten")
    unfold_story(coordinator)
    shows(coordinator, "Må-sak", "Avklart: Mangelfull sak", TOO_LITTLE, RING, TOLD, NOTE)
    story.look(coordinator, "sak")
    unseen(member, [concern, case], what, RING, AGAIN, TOLD, NOTE)
    put_on(coordinator, me(member))
    go(member, "Saker")
    main(member).get_by_role("link", name=re.compile("^Sak")).last.click()
    unfold_report(member)
    shows(member, what, "Besøke sammen med hjemmetjenesten")
    story.look(member, "sak-hos-medlem")
    follow(reporter, code, "Under arbeid", what)
    story.look(reporter, "under-arbeid")
