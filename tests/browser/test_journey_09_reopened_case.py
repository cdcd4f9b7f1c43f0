"""A closed case is taken up again: same case, same receipt, counted once; the first report stands beside the other."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, me, nothing_of, open_concern, press, said
from tests.browser.steps_hidden import unseen
from tests.browser.steps_story import (
    DESK,
    PHONE,
    Story,
    become_case,
    cases_in_quarter,
    choose,
    close,
    follow,
    in_days,
    one_of_a_kind,
    opened_again,
    report,
    shows,
)
from tests.browser.walker import go, heading

pytestmark = pytest.mark.browser

OFFICE = "nordre-land"
FIRST, SECOND = "Han flyttet ut, og hun fikk trygghetsalarm.", "Besøksforbud, og hun har flyttet til søstera."
WHY = "Han står utenfor huset igjen."
WORDS = "«Jeg sov godt for første gang på et år.»"


def nothing_is_written(coordinator: Page, case: str) -> None:
    """A closed case is read, not written in; the list of open ones has it no more."""
    opened_again(coordinator, case)
    expect(main(coordinator).get_by_role("button", name="Lagre notatet")).to_have_count(0)
    shows(coordinator, "Saken ble lukket", FIRST)
    go(coordinator, "Saker")
    assert case not in coordinator.content()
    coordinator.goto("/saker?vis=lukket")
    assert case in coordinator.content()


def asked_again(coordinator: Page, case: str) -> None:
    """The day to ask was chosen at closing; it stands in a list, and the answer is that it is not safe."""
    go(coordinator, "Oppfølging")
    main(coordinator).locator(f"a[href='{case}/oppfolging']").click()
    heading(coordinator, "Er det fortsatt trygt?")
    choose(coordinator, "Er det trygt nå?", "Nei")
    choose(coordinator, "Trengs det mer?", "Ja, saken bør gjenåpnes")
    field(coordinator, "Hva fikk dere vite?").fill(WHY)
    press(coordinator, "Lagre svaret")
    said(coordinator, "Svaret er lagret.")


def reopens(coordinator: Page, case: str) -> None:
    """Only with a reason and a next step of somebody; what was typed stays when one is missing."""
    opened_again(coordinator, case)
    main(coordinator).get_by_role("link", name="Gjenåpne saken").click()
    heading(coordinator, "Gjenåpne saken")
    field(coordinator, "Hva er neste steg?").fill("Be politiet kjøre forbi i kveld")
    field(coordinator, "Hvem gjør det?").select_option(label=me(coordinator))
    field(coordinator, "Frist, dato").fill(in_days(1))
    press(coordinator, "Gjenåpne saken")
    expect(field(coordinator, "Hva er neste steg?")).to_have_value("Be politiet kjøre forbi i kveld")
    field(coordinator, "Hvorfor gjenåpnes saken?").fill(WHY)
    press(coordinator, "Gjenåpne saken")
    said(coordinator, "Saken er gjenåpnet.")
    shows(coordinator, "Be politiet kjøre forbi i kveld", WHY)


def both_reports(coordinator: Page, case: str) -> None:
    """The first report is as it was, beside the second; each has its paper."""
    opened_again(coordinator, f"{case}/sluttrapport")
    shows(coordinator, FIRST, SECOND, "Rapport 1, før saken ble gjenåpnet")
    with coordinator.expect_download() as waiting:
        main(coordinator).get_by_role("link", name="Last ned som PDF").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")


def test_reopened_case(story: Story) -> None:
    what = one_of_a_kind("Eksmannen banker på om natta")
    reporter = story.visitor(OFFICE, PHONE)
    code = report(reporter, "privatperson", what)
    coordinator = story.person("koordinator", OFFICE, DESK)
    concern = open_concern(coordinator, "Nettskjema", what)
    case = become_case(coordinator, "Gjentatt over lang tid.", "Skaffe trygghetsalarm")
    once = cases_in_quarter(coordinator)
    close(
        coordinator, case, FIRST,
        **{"Den utsattes egne ord": WORDS, "Når skal dere spørre om det fortsatt er trygt?": in_days(30)},
    )  # fmt: skip
    story.look(coordinator, "lukket")
    follow(reporter, code, "Avsluttet", what, FIRST, WORDS)
    nothing_is_written(coordinator, case)
    asked_again(coordinator, case)
    member = story.person("teammedlem", OFFICE, PHONE)
    unseen(member, [concern, case, f"{case}/gjenapne", f"{case}/sluttrapport/pdf"], what, FIRST, WHY)
    reopens(coordinator, case)
    story.look(coordinator, "gjenapnet")
    follow(reporter, code, "Under arbeid", what, WHY)
    story.look(reporter, "under-arbeid-igjen")
    assert cases_in_quarter(coordinator) == once
    close(coordinator, case, SECOND)
    both_reports(coordinator, case)
    story.look(coordinator, "to-rapporter")
    assert cases_in_quarter(coordinator) == once
    nothing_of(coordinator, code, WORDS)
    unseen(member, [concern, case, f"{case}/sluttrapport"], what, SECOND)
