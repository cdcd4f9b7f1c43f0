"""The person does not want it reported: it is written down, the duty to avert is weighed, and the police get one page.

Consent as ground is refused when there is none. What goes out is exactly what was written for it, by a link that opens
once with a code said on the phone; the police contact who logs in sees nothing of the case.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, me, open_concern, press, said
from tests.browser.steps_hidden import unseen
from tests.browser.steps_story import (
    DESK,
    PHONE,
    Story,
    become_case,
    choose,
    in_days,
    one_of_a_kind,
    opened_again,
    report,
    shows,
)
from tests.browser.walker import heading

pytestmark = pytest.mark.browser

OFFICE = "vestre-toten"
WANTS = "«Jeg vil ha fred. Ikke gå til politiet, da blir det verre.»"
INSTEAD = "Voldsalarm, og naboen ringer hver kveld"
CODE = re.compile(r"^\d{4} \d{4}$")


def own_voice(coordinator: Page, concern: str) -> None:
    """What she wants in her own words; «nei» needs its why."""
    opened_again(coordinator, f"{concern}/stemme")
    choose(coordinator, "Hvem kommer ordene fra?", "Personens egne ord")
    field(coordinator, "Hva ønsker personen?").fill(WANTS)
    field(coordinator, "Samtykker personen?").select_option(label="Nei")
    press(coordinator, "Lagre")
    expect(field(coordinator, "Hva ønsker personen?")).to_have_value(WANTS)
    field(coordinator, "Hvorfor ikke samtykke?").fill("Redd for hva han gjør")
    press(coordinator, "Lagre")
    said(coordinator, "Lagret. Det som er skrevet før, står fortsatt.")


def not_reported(coordinator: Page, concern: str) -> None:
    """Not reported, because she will not: what is done instead must be said."""
    opened_again(coordinator, f"{concern}/politi")
    choose(coordinator, "Er forholdet anmeldt?", "Nei")
    choose(coordinator, "Vil den utsatte at det anmeldes?", "Nei")
    press(coordinator, "Lagre")
    shows(coordinator, "Skriv hva dere gjør i stedet, eller hvorfor det anmeldes likevel.")
    field(coordinator, "Hvorfor vil personen ikke det?").fill("Hun er redd for at det blir verre.")
    field(coordinator, "Hva gjør dere i stedet?").fill(INSTEAD)
    press(coordinator, "Lagre")
    shows(coordinator, "Hun er redd for at det blir verre.")


def must_avert(coordinator: Page, concern: str) -> None:
    """A no to reporting does not lift the duty; yes or no has its reason."""
    opened_again(coordinator, f"{concern}/plikter")
    duty = main(coordinator).locator("#plikt-avert")
    duty.get_by_label("Ja", exact=True).check()
    press(coordinator, "Lagre vurderingene")
    expect(duty.get_by_label("Ja", exact=True)).to_be_checked()
    duty.get_by_label(re.compile("^Begrunnelse")).fill("Han har truet med kniv to ganger.")
    duty.get_by_label(re.compile("^Hvem melder fra")).select_option(label=me(coordinator))
    duty.get_by_label(re.compile("^Til hvem")).fill("politiet")
    duty.get_by_label(re.compile("^Innen når")).fill(in_days(1))
    press(coordinator, "Lagre vurderingene")
    shows(coordinator, "Han har truet med kniv to ganger.", "Skal meldes til politiet")
    duty.get_by_role("link", name="Skriv at det er meldt, eller endre").click()
    field(coordinator, "Hvem fikk meldingen?").fill("operasjonssentralen")
    press(coordinator, "Meldt")
    said(coordinator, "til operasjonssentralen.")
    opened_again(coordinator, f"{concern}/plikter")


def shared_with_the_police(coordinator: Page, case: str, text: str) -> tuple[str, str]:
    """Consent is no ground without consent; the duty to avert is. The link and the code, both shown once."""
    opened_again(coordinator, f"{case}/deling")
    ground = field(coordinator, "Hva gir dere lov til å dele?")
    ground.select_option(label="Samtykke fra den utsatte")
    choose(coordinator, "Samtykker personen?", "Nei, personen ønsker det ikke")
    field(coordinator, "Hvem får det?").fill("Kari Vakt, politiet")
    field(coordinator, "Hvorfor trenger de det?").fill("For å kunne komme fort")
    field(coordinator, "Hva deler dere, ordrett?").fill(text)
    press(coordinator, "Del og loggfør")
    shows(coordinator, "Grunnlaget er samtykke, men personen samtykker ikke.")
    expect(field(coordinator, "Hva deler dere, ordrett?")).to_have_value(text)
    ground.select_option(label="Avvergingsplikt (straffeloven § 196)")
    field(coordinator, "Hvorfor deles det uten samtykke?").fill("Fare for liv.")
    press(coordinator, "Del og loggfør")
    heading(coordinator, "Lenken er laget")
    url = main(coordinator).locator("code").inner_text().strip()
    code = main(coordinator).get_by_text(CODE).inner_text()
    return "/" + url.split("/", 3)[3], code


def opens_once(police: Page, link: str, code: str, text: str, *never: str) -> None:
    """A wrong code opens nothing; the right one shows exactly the text; a second time it is used."""
    police.goto(link)
    heading(police, "Noe er delt med deg")
    field(police, "Koden du har fått på telefon").fill("0000 0000" if code != "0000 0000" else "1111 1111")
    press(police, "Åpne")
    assert text not in police.content()
    field(police, "Koden du har fått på telefon").fill(code)
    press(police, "Åpne")
    heading(police, "Delt med deg")
    shows(police, text)
    for words in never:
        assert words not in police.content()


def test_police_case_with_a_person_who_does_not_consent(story: Story) -> None:
    what = one_of_a_kind("Samboeren truer henne med kniv")
    text = one_of_a_kind("Adressen er Storgata 4. Han kan ha kniv. Ring før dere kommer")
    reporter = story.visitor(OFFICE, PHONE)
    report(reporter, "privatperson", what, **{"Hvem gjelder det?": "Gunvor Lundhaug"})
    coordinator = story.person("koordinator", OFFICE, DESK)
    concern = open_concern(coordinator, "Nettskjema", what)
    own_voice(coordinator, concern)
    not_reported(coordinator, concern)
    story.look(coordinator, "politi")
    must_avert(coordinator, concern)
    story.look(coordinator, "plikter")
    opened_again(coordinator, concern)
    case = become_case(coordinator, "Kniv og gjentatte trusler.", "Sørge for voldsalarm")
    shows(coordinator, WANTS, "Ikke anmeldt. Den utsatte vil ikke anmelde.")
    link, code = shared_with_the_police(coordinator, case, text)
    story.look(coordinator, "lenken")
    police = story.visitor(OFFICE, PHONE)
    opens_once(police, link, code, text, what, "Gunvor", WANTS, INSTEAD)
    story.look(police, "delt")
    other = story.visitor(OFFICE, PHONE)
    other.goto(link)
    field(other, "Koden du har fått på telefon").fill(code)
    press(other, "Åpne")
    heading(other, "Lenken er brukt")
    assert text not in other.content()
    opened_again(coordinator, case)
    main(coordinator).locator("summary").filter(has_text="Delt ut av teamet").click()
    shows(coordinator, "Kari Vakt, politiet")
    story.look(coordinator, "sak")
    contact = story.person("politikontakt", OFFICE, PHONE)
    unseen(contact, [concern, case, f"{concern}/politi", f"{case}/deling"], what, WANTS, text, INSTEAD)
