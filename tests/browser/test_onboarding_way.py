"""Two regions are set up by the guided steps alone: Lillehammerregionen from nothing, Hamarregionen from three to nine.

Neither has Gjøvik's seats. Then a kommune walks its own steps and opens its phone.
"""

import re

from playwright.sync_api import Page, expect

from tests.browser import steps_region as steps
from tests.browser.steps import field, main, press, said
from tests.browser.steps_region import New
from tests.browser.walker import Town, heading, reload_until
from varde.clock import now
from varde.ui.dates import day_of

THREE = [New("3405", "Lillehammer", "lillehammer"), New("3441", "Gausdal", "gausdal"), New("3440", "Øyer", "oyer")]
SIX = [
    New("3411", "Ringsaker", "ringsaker"), New("3425", "Engerdal", "engerdal"), New("3419", "Våler", "valer-innlandet"),
    New("3421", "Trysil", "trysil"), New("3422", "Åmot", "amot"),
]  # fmt: skip
ELVERUM = New("3420", "Elverum", "elverum", "signe.solberg@elverum.example")  # the demo's region has invited it
NINE = ["Hamar", "Ringsaker", "Løten", "Stange", "Elverum", "Engerdal", "Våler", "Trysil", "Åmot"]
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TODAY = day_of(now())


def test_three_kommuner_make_a_region_from_nothing_and_one_opens_its_phone(town: Town) -> None:
    drift = town.person("driftsansvarlig", "drift")
    town.prove(drift)
    steps.ask_for_region(drift, "Lillehammerregionen", "lillehammerregionen")
    steps.made(drift, "Lillehammerregionen")
    host = steps.activated(town, "lillehammerregionen")
    steps.make_agreement(host, TODAY)
    for new in THREE:
        steps.invite(host, new)
    town.prove(drift)
    steps.approve(drift, *(new.name for new in THREE))
    steps.made(drift, *(new.name for new in THREE))
    administrators = []
    for new in THREE:
        steps.send_terms(host, new)
        administrators.append(steps.say_yes(town, new))
        steps.region_says_yes(host, new)
    steps.make_host(host, THREE[0])
    seats = ["Kommunalsjef helse", "Kommunalsjef oppvekst"]
    steps.make_rotation(host, [new.name for new in THREE], seats, TODAY.year + 1)
    host.goto("/lederteam/rullering")
    for word in (*seats, *(new.name for new in THREE)):
        assert word in steps.cells(host)
    walk_to_an_open_phone(town, administrators[2], THREE[2])
    host.goto("/samarbeid/nye-kommuner")
    row = host.get_by_role("row").filter(has_text="Øyer")
    reload_until(host, lambda: "I gang" in row.inner_text(), "what Øyer says of itself")


def walk_to_an_open_phone(town: Town, administrator: Page, new: New) -> None:
    """The administrator does it all; a coordinator whom they invite opens the test."""
    page = administrator
    decision(page)
    karin = people(town, page, new)
    page.goto("/oppstart/siden")
    main(page).get_by_label("Lyng, lilla").check()
    field(page, "Ordinær kontakt").fill("Servicetorget")
    field(page, "Telefonen dit").fill("61 26 81 00")
    field(page, "Tilgjengelighetserklæringen").fill("https://uustatus.no/nb/erklaringer")
    main(page).get_by_label("Jeg har sett over siden").check()
    press(page, "Lagre siden")
    said(page, "Siden er lagret")
    page.goto("/oppstart/telefon")
    field(page, "Telefonnummer").fill("61 26 81 50")
    field(page, "Når svarer den?").fill("Hverdager kl. 9–14")
    press(page, "Lagre nummeret")
    said(page, "Nummeret er lagret.")
    page.goto("/oppstart/steg/rota")
    field(page, "Hvorfor er steget ikke aktuelt?").fill("Vakttelefonen svarer for oss.")
    press(page, "Steget er ikke aktuelt")
    said(page, "er lagret.")
    the_test(page, karin)
    page.goto("/oppstart")
    main(page).get_by_role("link", name="Start TryggEst her").click()
    press(page, "Åpne telefonen nå")
    said(page, "TryggEst er i gang her.")
    anybody = town.visitor(new.slug)
    anybody.goto("/")
    expect(anybody.get_by_text("61 26 81 50").first).to_be_visible()


def decision(page: Page) -> None:
    """The decision is laid by the step, and confirmed."""
    page.goto("/oppstart")
    heading(page, "Oppstart")
    main(page).get_by_role("link", name="Gå til steget").click()
    heading(page, "Vedtak om å starte")
    upload = {"name": "vedtak.pdf", "mimeType": "application/pdf", "buffer": PDF}
    main(page).locator("input[type=file]").set_input_files([upload])  # type: ignore[list-item]
    press(page, "Legg ved dokumentet")
    said(page, "Dokumentet er lagt ved.")
    field(page, "Hvem vedtok det").fill("Kommunestyret, sak 34/26")
    field(page, "Vedtatt").fill(TODAY.isoformat())
    press(page, "Det er gjort")
    said(page, "er lagret.")


def people(town: Town, page: Page, new: New) -> Page:
    """A coordinator and a member, each with a link and a place in the team; the coordinator's own page."""
    came: list[Page] = []
    page.goto("/konto/bekreft?next=/folk/ny")
    page.get_by_label("Passord").fill(steps.PASSWORD)
    press(page, "Bekreft")
    for name, role in (("Karin Koordinator", "Koordinator"), ("Mona Medlem", "Teammedlem")):
        page.goto("/folk/ny")
        field(page, "Navn").fill(name)
        field(page, "E-post").fill(f"{role.lower()}@{new.slug}.example")
        main(page).get_by_label(re.compile(f"^{role}")).check()
        main(page).locator("form button[type=submit]").first.click()
        page.wait_for_load_state()
        link = re.search(r"http://\S+/aktiver/[^\s\"<]+", page.content())
        assert link, "no link was shown"
        came.append(steps.follow(town, new.slug, link[0]))
        page.goto("/team")
        main(page).get_by_role("link", name=re.compile(name)).first.click()
        field(page, "Tjeneste").fill("Hjemmetjenesten" if role == "Koordinator" else "Nav")
        field(page, "Med siden").fill(TODAY.isoformat())
        main(page).locator("form", has=page.locator("#id_service")).locator("button[type=submit]").first.click()
        page.wait_for_url("**/team")
    return came[0]


def the_test(page: Page, karin: Page) -> None:
    """A test is asked for, comes through the post, and is opened by the coordinator."""
    page.goto("/oppstart/prove")
    main(page).get_by_role("button", name=re.compile("om en prøvemelding")).click()
    said(page, "Prøvemeldingen er bestilt.")
    reload_until(page, lambda: page.get_by_text("Venter på teamet").is_visible(), "the test")
    karin.goto("/oppstart/prove")
    main(karin).get_by_role("button", name="Jeg ser prøven").click()
    said(karin, "er åpnet.")
    page.reload()
    expect(main(page).get_by_text("Karin Koordinator")).to_be_visible()


def test_six_kommuner_join_the_three_and_nine_share_other_seats_than_gjoviks(town: Town) -> None:
    host, drift = town.person("vertskommune-administrator", "hamarregionen"), town.person("driftsansvarlig", "drift")
    for new in SIX:
        steps.invite(host, new)
    town.prove(drift)
    steps.approve(drift, *(new.name for new in (ELVERUM, *SIX)))
    steps.made(drift, *(new.name for new in (ELVERUM, *SIX)))
    for new in (ELVERUM, *SIX):
        steps.send_terms(host, new)
        steps.say_yes(town, new).context.close()
        steps.region_says_yes(host, new)
    host.goto("/samarbeid/nye-kommuner")
    assert {name for name in NINE if name in steps.cells(host)} == set(NINE)
    seats = ["Ordfører", "Kommunedirektør", "Helsesjef", "Leder Nav", "Folkehelsekoordinator"]
    steps.make_rotation(host, NINE, seats, TODAY.year + 1)
    host.goto("/lederteam/rullering")
    for word in (*seats, *NINE):
        assert word in steps.cells(host)
