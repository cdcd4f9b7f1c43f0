"""The web form as people meet it: an error first, the receipt, following with the code, leaving fast, a broken line."""

import http.client
import re
import uuid
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.steps import (
    answer_form,
    close_case,
    decide,
    field,
    main,
    make_case,
    open_concern,
    press,
    said,
    waiting,
)
from tests.browser.walker import Town, go, heading

pytestmark = pytest.mark.browser

CODE = re.compile(r"\d{4} ?\d{4} ?\d{4} ?\d{4}")


def tell(page: Page, kind: str, what: str) -> None:
    """From the kommune's front page into the form; anonymous, and with a name all the same, which is caught."""
    page.goto("/")
    main(page).get_by_role("link", name="Meld fra om en bekymring").click()
    main(page).get_by_role("link", name=f"Jeg melder som {kind}").click()
    heading(page, f"Meld fra som {kind}")
    expect(page.get_by_role("link", name=re.compile("112")).first).to_be_visible()
    field(page, "Hva er du bekymret for?").fill(what)
    page.get_by_label("Jeg vil være anonym").check()
    field(page, "Navn").fill("Per")


def send(page: Page) -> None:
    """The form's button."""
    press(page, "Send bekymringen")


def put_right(page: Page, what: str) -> None:
    """The error is named, nothing typed is lost, and the name is taken away."""
    expect(page.get_by_role("link", name=re.compile("Du har valgt å være anonym"))).to_be_visible()
    expect(field(page, "Hva er du bekymret for?")).to_have_value(what)
    expect(page.get_by_label("Jeg vil være anonym")).to_be_checked()
    expect(field(page, "Navn")).to_have_value("Per")
    field(page, "Navn").fill("")


def receipt_on(page: Page) -> str:
    """The sixteen digits, which are shown and are in no address."""
    heading(page, "Vi har mottatt bekymringen")
    found = CODE.search(main(page).inner_text())
    assert found, main(page).inner_text()
    assert found[0].replace(" ", "") not in page.url
    return found[0]


def follow(page: Page, code: str, state: str, what: str) -> None:
    """What the holder of the code sees now: a state, and nothing of what was told."""
    page.goto("/kvittering")
    field(page, "Koden på kvitteringen").fill(code)
    press(page, "Vis meldingen")
    heading(page, "Meldingen din")
    expect(main(page).locator("[aria-current=step]")).to_contain_text(state)
    assert what not in page.content()


def told() -> str:
    """Words of this test alone."""
    return f"Jeg hører at noen blir slått {uuid.uuid4().hex[:6]}"


def test_private_is_followed_through_a_case(town: Town) -> None:
    what, page = told(), town.visitor("vestre-toten")
    tell(page, "privatperson", what)
    send(page)
    put_right(page, what)
    send(page)
    code = receipt_on(page)
    follow(page, code, "Mottatt", what)
    coordinator = town.person("koordinator", "vestre-toten")
    concern = open_concern(coordinator, "Nettskjema", what)
    follow(page, code, "Åpnet av et menneske", what)
    case = make_case(coordinator)
    follow(page, code, "Under arbeid", what)
    answer_form(coordinator)
    close_case(coordinator)
    assert coordinator.url.endswith(case)
    coordinator.goto(concern)
    field(coordinator, "Melding til melderen").fill("Takk for at du sa fra. Vi har snakket med den det gjelder.")
    press(coordinator, "Legg ut melding")
    said(coordinator, "Meldingen er lagt ut til melderen.")
    follow(page, code, "Avsluttet", what)
    expect(main(page).get_by_text("Takk for at du sa fra.")).to_be_visible()


def test_employee_is_followed_to_advice(town: Town) -> None:
    what, page = told(), town.visitor("ostre-toten")
    tell(page, "ansatt", what)
    expect(main(page).get_by_role("heading", name="Haster det? Gjør dette først")).to_be_visible()
    send(page)
    put_right(page, what)
    send(page)
    code = receipt_on(page)
    coordinator = town.person("koordinator", "ostre-toten")
    open_concern(coordinator, "Nettskjema", what)
    decide(coordinator, "Råd gitt", "Tjenesten følger opp selv.")
    said(coordinator, "Bekymringen er avklart")
    follow(page, code, "Avsluttet", what)


def test_a_wrong_code_says_nothing_more_than_no(town: Town) -> None:
    page = town.visitor("ostre-toten")
    page.goto("/kvittering")
    field(page, "Koden på kvitteringen").fill("1234 5678 9012 3456")
    press(page, "Vis meldingen")
    expect(page.get_by_text("Vi fant ingen melding med denne koden").first).to_be_visible()


@pytest.mark.parametrize("by", ["button", "escape"])
def test_leaving_fast_leaves_nothing(town: Town, by: str) -> None:
    page = town.visitor("gjovik")
    page.route("https://www.yr.no/**", lambda route: route.fulfill(body="<h1>Været</h1>", content_type="text/html"))
    page.goto("/meld/privat")
    field(page, "Hva er du bekymret for?").fill("Han kommer nå")
    if by == "button":
        page.locator("[data-exit]").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("https://www.yr.no/**")
    page.goto(town.address("gjovik", "/meld/privat"))
    expect(field(page, "Hva er du bekymret for?")).to_have_value("")


def test_a_broken_line_loses_nothing_and_doubles_nothing(town: Town) -> None:
    what, page = told(), town.visitor("nordre-land")
    page.goto("/meld/privat")
    field(page, "Hva er du bekymret for?").fill(what)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("IKKE sendt")
    expect(field(page, "Hva er du bekymret for?")).to_have_value(what)
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text("Den er ikke sendt.")).to_be_visible()
    expect(field(page, "Hva er du bekymret for?")).to_have_value(what)
    send(page)
    receipt_on(page)
    only_one_in("nordre-land", town, what)


def deliver_and_lose_the_answer(route: Route) -> None:
    """The server takes it, the browser never hears so."""
    asked = route.request
    where = urlsplit(asked.url)
    line = http.client.HTTPConnection("127.0.0.1", where.port, timeout=10)
    line.request("POST", where.path, body=asked.post_data_buffer, headers={**asked.headers, "host": where.netloc})
    assert line.getresponse().status == 201
    line.close()
    route.abort()


def test_an_answer_that_was_lost_on_the_way_gives_one_concern(town: Town) -> None:
    what, page = told(), town.visitor("sondre-land")
    page.goto("/meld/privat")
    field(page, "Hva er du bekymret for?").fill(what)
    page.route("**/meld/privat", deliver_and_lose_the_answer)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("IKKE sendt")
    page.unroute("**/meld/privat")
    send(page)
    receipt_on(page)
    only_one_in("sondre-land", town, what)


def only_one_in(slug: str, town: Town, what: str) -> None:
    """The inbox holds it once."""
    coordinator = town.person("koordinator", slug)
    go(coordinator, "Innboks")
    rows = waiting(coordinator, "Nettskjema")
    assert rows.count() == 1
    rows.get_by_role("link").click()
    press(coordinator, "Åpne og ta imot")
    expect(main(coordinator).get_by_text(what)).to_be_visible()


def test_without_script_the_way_is_the_same(town: Town) -> None:
    what, page = told(), town.visitor("stange", java_script_enabled=False)
    tell(page, "privatperson", what)
    expect(page.get_by_role("button", name="Kopier koden")).to_have_count(0)
    send(page)
    put_right(page, what)
    send(page)
    code = receipt_on(page)
    follow(page, code, "Mottatt", what)


def test_a_kommune_without_a_team_names_whom_to_ring(town: Town) -> None:
    page = town.visitor("loten")
    page.goto("/meld")
    expect(main(page).get_by_text("har ikke noe TryggEst-team ennå")).to_be_visible()
    expect(main(page).get_by_text("Servicetorget i Løten")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("113")).first).to_be_visible()
    expect(main(page).get_by_role("textbox")).to_have_count(0)
