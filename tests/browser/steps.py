"""What people do on their way with a concern, one function per thing they would call a thing to do.

Each acts by labels, roles and visible text, and asserts what is seen before it goes on.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.browser.walker import go, heading, reload_until
from varde.clock import OSLO

REFERENCE = re.compile(r"Referanse (\S+?)\.?$")


@dataclass(frozen=True, slots=True)
class Told:
    """A call: where the person lives, the kommune it leads to, and words that only the team may read."""

    where: str
    kommune: str
    what: str
    who: str


def main(page: Page) -> Locator:
    """The page's own part."""
    return page.get_by_role("main")


def press(page: Page, name: str) -> None:
    """A button in the page's own part."""
    main(page).get_by_role("button", name=name, exact=True).click()


def said(page: Page, sentence: str) -> None:
    """The page says that it is done."""
    expect(page.get_by_text(sentence).first).to_be_visible()


def field(page: Page, label: str) -> Locator:
    """A field whose label begins so; what is said after it (whether it must be filled in) does not count."""
    return main(page).get_by_label(re.compile(rf"^\s*{re.escape(label)}"))


def me(page: Page) -> str:
    """The name of the person who is logged in."""
    return page.get_by_role("banner").locator("summary.v-user__name").inner_text().strip()


def path_of(page: Page) -> str:
    """Where the page is, without the host."""
    return "/" + page.url.split("/", 3)[3]


def take_call(operator: Page, told: Told) -> tuple[str, str]:
    """Notes while the caller speaks, the proposal, and the sending; returns the reference and the call's path."""
    go(operator, "Vakttelefon")
    expect(operator.get_by_text("Er noen i fare akkurat nå?")).to_be_visible()
    press(operator, "Ny samtale")
    heading(operator, "Samtale ")
    call = path_of(operator)
    operator.get_by_label("Privatperson").check()
    field(operator, "Hva er det du er bekymret for?").fill(told.what)
    field(operator, "Hvem gjelder det?").fill(told.who)
    expect(operator.get_by_text("Ikke noe forslag ennå")).to_be_visible()
    field(operator, "Hvor bor den utsatte?").press_sequentially(told.where)
    expect(operator.get_by_text(f"Forslag: {told.kommune}")).to_be_visible()
    expect(main(operator).get_by_text(re.compile(r"Lagret i dag|Lagret .*kl\."))).to_be_visible()
    press(operator, "Send til kommunen")
    receipt = operator.get_by_text(re.compile(r"^Sendt\b.*Referanse")).inner_text()
    found = REFERENCE.search(receipt.strip())
    assert found, receipt
    return found[1], call


def operator_sees(operator: Page, reference: str, state: str, told: Told) -> None:
    """Reference, time and state come; the words never do."""
    row = operator.get_by_role("row").filter(has=operator.get_by_role("rowheader", name=reference))
    reload_until(operator, lambda: row.get_by_text(state, exact=True).is_visible(), f"«{state}» for {reference}")
    expect(row).to_contain_text(told.kommune)
    expect(row).to_contain_text(re.compile(r"kl\. \d\d\.\d\d"))
    nothing_of(operator, told.what, told.who)


def nothing_of(page: Page, *words: str) -> None:
    """None of it is on the page, seen or hidden."""
    html = page.content()
    for word in words:
        assert word not in html, f"«{word}» is on {page.url}"


def waiting(page: Page, channel: str) -> Locator:
    """Rows of the inbox that came this way and that nobody has opened."""
    return page.get_by_role("row").filter(has_text=channel).filter(has_text="Ikke åpnet")


def open_concern(coordinator: Page, channel: str, *words: str) -> str:
    """Time and channel before it is opened, the words after; returns the concern's path."""
    go(coordinator, "Innboks")
    row = waiting(coordinator, channel)
    reload_until(coordinator, lambda: row.count() > 0, f"a concern by {channel}")
    nothing_of(coordinator, *words)
    row.last.get_by_role("link").click()  # the newest: what others left lies above it
    expect(main(coordinator).get_by_role("heading", name="Ingen har åpnet denne ennå")).to_be_visible()
    nothing_of(coordinator, *words)
    press(coordinator, "Åpne og ta imot")
    for word in words:
        expect(main(coordinator).get_by_text(word).first).to_be_visible()
    return path_of(coordinator)


def decide(coordinator: Page, outcome: str, reason: str, step: str = "", category: str = "Bør") -> None:
    """Triage, beginning on the concern's page; again, when it has been decided on before."""
    main(coordinator).get_by_role("link", name=re.compile("^Avklar( på nytt)?$")).click()
    heading(coordinator, "Avklar bekymring")
    coordinator.get_by_role("radio", name=re.compile(f"^{category}")).check()
    coordinator.get_by_role("radio", name=re.compile(f"^{outcome}")).check()
    field(coordinator, "Begrunnelse").fill(reason)
    if step:
        field(coordinator, "Hva er neste steg?").fill(step)
        field(coordinator, "Hvem gjør det?").select_option(label=me(coordinator))
    press(coordinator, "Lagre avklaringen")


def make_case(coordinator: Page) -> str:
    """The concern becomes a case with a next step; returns the case's path."""
    decide(coordinator, "Opprett sak", "Flere observasjoner peker samme vei.", "Ringe hjemmetjenesten")
    heading(coordinator, re.compile(r"^Sak|\d"))
    neste = main(coordinator).get_by_role("heading", name="Neste steg")
    expect(neste).to_be_visible()
    expect(main(coordinator).get_by_text("Ringe hjemmetjenesten").first).to_be_visible()
    return path_of(coordinator)


def answer_form(coordinator: Page) -> None:
    """Four of the form's questions; the case page then says how many are left."""
    main(coordinator).get_by_role("link", name="Fyll ut skjemaet").click()
    heading(coordinator, "Registreringsskjema")
    for group, answer in (
        ("Hva slags overgrep", "økonomisk overgrep"),
        ("kjønn", "kvinne"),
        ("alder", "over 67 år"),
        ("Hvem meldte", "annen nabo"),
    ):
        coordinator.get_by_role("group", name=re.compile(group)).get_by_label(answer, exact=True).check()
    press(coordinator, "Lagre")
    expect(main(coordinator).get_by_text(re.compile(r"\d+ spørsmål mangler svar"))).to_be_visible()


def plan_measure(coordinator: Page, what: str) -> None:
    """Planned with owner and date; a day much too far off is caught; then done with what came of it."""
    main(coordinator).get_by_role("link", name="Nytt tiltak").click()
    heading(coordinator, "Nytt tiltak")
    coordinator.get_by_label("Konkret tiltak").check()
    field(coordinator, "Hva skal gjøres?").fill(what)
    field(coordinator, "Hvem har ansvar?").select_option(label=me(coordinator))
    field(coordinator, "Når skal det være gjort?").fill("2099-01-01")
    press(coordinator, "Lagre tiltaket")
    expect(main(coordinator).get_by_text("mer enn to år fram").first).to_be_visible()
    expect(field(coordinator, "Hva skal gjøres?")).to_have_value(what)
    field(coordinator, "Når skal det være gjort?").fill(str((datetime.now(OSLO) + timedelta(days=14)).date()))
    press(coordinator, "Lagre tiltaket")
    said(coordinator, "Tiltaket er lagt til.")


def finish_measure(coordinator: Page, what: str) -> None:
    """Done, with what came of it, beginning and ending on the case's page."""
    case = coordinator.url
    main(coordinator).get_by_role("link", name=what).click()
    coordinator.get_by_label("Gjennomført").check()
    field(coordinator, "Hva førte det til?").fill("Nabo og hjemmetjeneste holder øye.")
    press(coordinator, "Oppdater tiltaket")
    said(coordinator, "Tiltaket er oppdatert.")
    coordinator.goto(case)
    expect(main(coordinator).get_by_text("Avsluttede tiltak")).to_be_visible()


def close_case(coordinator: Page) -> None:
    """The closing report, and the case is closed."""
    main(coordinator).get_by_role("link", name="Lukk saken").click()
    heading(coordinator, "Lukk saken")
    press(coordinator, "Lukk saken")
    expect(coordinator.get_by_role("heading", name=re.compile("Rett|feil|mangler", re.I)).first).to_be_visible()
    field(coordinator, "Hva ble gjort?").fill("Vi snakket med den utsatte og la en plan.")
    coordinator.get_by_label("tettere oppfølging").check()
    press(coordinator, "Lukk saken")
    expect(main(coordinator).get_by_text("Saken ble lukket")).to_be_visible()
    expect(main(coordinator).get_by_text("Vi snakket med den utsatte og la en plan.").first).to_be_visible()
