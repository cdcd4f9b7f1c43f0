"""What people do when a region grows, one function per thing: ordering, approving, activating, joining, opening."""

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.steps import field, main, press, said
from tests.browser.walker import Town, heading, reload_until
from tests.whole.demo import Demo

PASSWORD = "et langt passord for prøver"
# An office is made by a program of its own, one after the other.
MADE_SECONDS = 120
_LINK = re.compile(r"http://[^\s]+/aktiver/[^\s]+")


@dataclass(frozen=True, slots=True)
class New:
    """A kommune that is to join, by its number in the list."""

    number: str
    name: str
    slug: str
    told: str = ""

    @property
    def email(self) -> str:
        """Of its first administrator."""
        return self.told or f"forste@{self.slug}.example"


def ask_for_region(drift: Page, name: str, slug: str) -> None:
    """Drift orders a region and approves it."""
    drift.goto("/plattform/bestillinger/ny-region")
    field(drift, "Regionens navn").fill(name)
    field(drift, "Adressen").fill(slug)
    field(drift, "Den første administratoren: navn").fill("Vera Vert")
    field(drift, "Den første administratoren: e-post").fill(f"forste@{slug}.example")
    main(drift).locator("form button[type=submit]").first.click()
    drift.wait_for_load_state()
    approve(drift, name)


def approve(drift: Page, *names: str) -> None:
    """Drift approves what waits, by the names of the offices."""
    for name in names:
        drift.goto("/plattform/bestillinger")
        drift.get_by_role("link", name=re.compile(f": {re.escape(name)}\\b")).first.click()
        press(drift, "Godkjenn")
        said(drift, "Godkjent.")


def made(drift: Page, *names: str) -> None:
    """Every one of them is done."""
    for name in names:
        drift.goto("/plattform/bestillinger")
        drift.get_by_role("link", name=re.compile(f": {re.escape(name)}\\b")).first.click()
        tag = drift.get_by_role("main").locator(".ds-tag").first
        reload_until(drift, lambda tag=tag: tag.inner_text() == "Ferdig", f"the office of {name}", MADE_SECONDS)


def activated(town: Town, slug: str, email: str = "") -> Page:
    """The first administrator follows the link in the mail."""
    return follow(town, slug, _link_to(town.demo, email or f"forste@{slug}.example"))


def follow(town: Town, slug: str, link: str) -> Page:
    """Somebody new follows a link, makes a password and is in."""
    page = town.visitor(slug)
    page.goto(link)
    page.locator("#id_password1").fill(PASSWORD)
    page.locator("#id_password2").fill(PASSWORD)
    press(page, "Lagre passordet")
    page.wait_for_url("**/start")
    return page


def _link_to(demo: Demo, email: str) -> str:
    found: list[str] = []

    def there() -> bool:
        for path in sorted((demo.home / "mail").glob("*")):
            for letter in path.read_text("utf-8").split("-" * 79):
                if f"To: {email}" in letter:
                    found.extend(_LINK.findall(letter.replace("=\n", "")))
        return bool(found)

    assert Demo.until(there, 30, pause=0.5), f"no link to {email}"
    return found[-1]


def invite(host: Page, new: New) -> None:
    """The kommune is found in the list, and somebody there is named."""
    host.goto("/samarbeid/nye-kommuner")
    main(host).get_by_role("link", name="Inviter en kommune").click()
    field(host, "Kommune, bydel eller nummer").fill(new.number)
    press(host, "Finn kommunen")
    main(host).get_by_role("link", name=f"Velg {new.name}, {new.number}").click()
    expect(field(host, "Adresse")).to_have_value(new.slug)
    field(host, "Navnet på den første administratoren").fill(f"Ada {new.name}")
    field(host, "E-posten til den første administratoren").fill(new.email)
    press(host, "Send invitasjonen")
    said(host, f"{new.name} er invitert.")


def send_terms(host: Page, new: New) -> None:
    """The kommune is made: the region begins the step by which it joins, and sends the terms."""
    host.goto("/samarbeid/nye-kommuner")
    main(host).get_by_role("link", name=re.compile(f"Ta kommunen med i avtalen.*{new.name}")).click()
    press(host, "Se hva som skjer")
    press(host, "Send vilkårene")
    said(host, "Vilkårene er sendt.")


def say_yes(town: Town, new: New) -> Page:
    """The kommune's first administrator reads the terms and says yes."""
    page = activated(town, new.slug, new.email)
    reload_until(page, lambda: page.get_by_role("link", name="Les og svar").is_visible(), f"terms for {new.name}")
    page.get_by_role("link", name="Les og svar").click()
    heading(page, "Vilkår for å bli med")
    main(page).get_by_label("Ja, vi blir med").check()
    field(page, "Hvem bestemte?").fill("Kommunestyret")
    field(page, "Nummer på vedtaket").fill("Sak 34/26")
    press(page, "Send svaret")
    said(page, "Svaret er sendt.")
    return page


def region_says_yes(host: Page, new: New) -> None:
    """The region has the answer, reads what follows and says yes: the kommune is in."""
    host.goto("/samarbeid/nye-kommuner")
    main(host).get_by_role("link", name=re.compile(f"Følg innmeldingen.*{new.name}")).click()
    button = main(host).get_by_role("button", name="Si ja for regionen")
    reload_until(host, button.is_visible, f"the answer of {new.name}")
    main(host).get_by_label("Jeg har lest hva som skjer").check()
    button.click()
    said(host, "Gjennomført.")


def make_agreement(host: Page, from_day: date) -> None:
    """The first version of the agreement, as it is proposed."""
    host.goto("/samarbeid/avtale/ny")
    field(host, "Gjelder fra").fill(from_day.isoformat())
    main(host).locator("form button[type=submit]").first.click()
    said(host, "Avtalen er ført inn.")


def make_host(host: Page, new: New) -> None:
    """One of the kommuner becomes the host."""
    host.goto("/samarbeid/steg/ny/ny-vert")
    field(host, "Hvilken kommune?").select_option(label=f"{new.name} ({new.number})")
    press(host, "Se hva som skjer")
    main(host).get_by_label("Jeg har lest hva som skjer").check()
    press(host, "Gjennomfør")
    said(host, "Gjennomført.")


def make_rotation(host: Page, kommuner: list[str], seats: list[str], first_year: int) -> None:
    """The table of the leader team, with the region's own seats."""
    host.goto("/lederteam/ny/rullering")
    field(host, "Kommunene").fill("\n".join(kommuner))
    field(host, "Plassene").fill("\n".join(seats))
    field(host, "Første år").fill(str(first_year))
    field(host, "Hvilket vedtak").fill("Lederteamet, sak 1/26")
    main(host).get_by_role("button", name=re.compile("^Lagre|^Lag ")).first.click()
    host.wait_for_load_state()


def cells(page: Page) -> str:
    """Everything that the page's tables say."""
    return " ".join(page.get_by_role("main").get_by_role("table").all_inner_texts())
