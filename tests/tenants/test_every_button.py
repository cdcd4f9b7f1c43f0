"""Every link and button on the pages of a concern and of a case leads somewhere, whatever the matter has come to; and
every address of a kommune is written on some page."""

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tenants.cases.models import Case
from tenants.closing.actions import Report, close
from tenants.closing.loose import Ends
from tenants.inbox.models import Concern
from tests.cast import as_person, seen_as
from tests.client import OfficeClient, client_for
from tests.tenants import transfers, way
from tests.tenants.people import card_in
from tests.tenants.test_cases_covered import cover
from tests.tenants.test_closing_loose import taken_over, to_call
from tests.tenants.test_joined_way import join
from varde.access import gather

# What a button may lead to without a form: something to read.
READS = re.compile(r"^(Se |Les |Hvem |Hent |Skriv ut|Last ned|Tilbake|Gå til|Fortsett|PDF|Åpne )")
OVER = re.compile(
    r"(Saken|Bekymringen|Den) er (lukket|avsluttet)|kan ikke overføres|er alt (lukket|avsluttet|overført)"
)


@dataclass
class Link:
    """Something to press: where it goes, what it says, and whether it looks like a button."""

    href: str
    button: bool
    text: str = ""


@dataclass
class Form:
    """What is sent, and where."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class Main(HTMLParser):
    """The links and forms of the main part of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.forms: list[Form] = []
        self._inside = self._reading = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._inside |= tag == "main"
        if not self._inside:
            return
        if tag == "a" and said.get("href"):
            self.links.append(Link(said["href"], "ds-button" in said.get("class", "")))
            self._reading = True
        elif tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get").lower()))
        elif tag in ("input", "button") and self.forms and said.get("name") and said.get("type") != "file":
            self.forms[-1].fields.setdefault(said["name"], said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self._reading &= tag != "a"
        self._inside &= tag != "main"

    def handle_data(self, data: str) -> None:
        if self._reading:
            self.links[-1].text += data


def an_open_case() -> Case:
    """Kari and Tom are on it, and the person has a card."""
    return way.case(owner="tom", concern=no_case_yet())


def a_closed_case() -> Case:
    """With its report."""
    case = an_open_case()
    close(case=case, report=Report(done="Låst"), outcomes=["other"], by=as_person("kari"))
    return case


def one_sent_away() -> Case:
    """To Østre Toten."""
    case = an_open_case()
    transfers.hand_over(case.concern)
    return case


def one_taken_over() -> Case:
    """From Østre Toten."""
    concern = taken_over()
    card_in(concern)
    return Case.objects.get(concern=way.decided(concern=concern, owner="tom").assessment.concern)


def a_covered_case() -> Case:
    """Kari and Tom see it."""
    case = an_open_case()
    cover(case.concern)
    return case


def one_joined() -> Case:
    """It goes on as another one that both are on."""
    case, kept = an_open_case(), an_open_case()
    with seen_as("kari"):
        join(case.concern, kept.concern)
    return case


def no_case_yet() -> Concern:
    """Opened, and the person has a card."""
    concern = way.opened()
    card_in(concern)
    return concern


def closed_as_advice() -> Concern:
    """It never became a case."""
    return way.decided("advice", step=None, concern=no_case_yet()).assessment.concern


MATTERS = [
    an_open_case, a_closed_case, one_sent_away, one_taken_over, a_covered_case, one_joined, no_case_yet,
    closed_as_advice,
]  # fmt: skip


# Where something may be too late; and where the member is asked too (the other pages hold no more for her).
OVER_HERE = [a_closed_case, one_sent_away, one_joined, closed_as_advice]
FOR_BOTH = [an_open_case, a_closed_case, a_covered_case]


@pytest.mark.parametrize("matter", MATTERS, ids=lambda made: made.__name__)
def test_every_button_of_a_matter_leads_to_what_it_says(gjovik, matter):
    kari, tom = client_for("kari"), client_for("tom")
    found = matter()
    pages = (
        [f"/saker/{found.id}", f"/innboks/{found.concern_id}"] if isinstance(found, Case) else [f"/innboks/{found.id}"]
    )
    clients = (kari, tom) if matter in FOR_BOTH else (kari,)
    faults = {fault for client in clients for fault in faults_of(client, pages, forms=matter in OVER_HERE)}
    assert not faults, "\n".join(sorted(faults))


def faults_of(client: OfficeClient, pages: list[str], *, forms: bool) -> Iterator[str]:
    """Everything on these pages that leads nowhere, each address tried once; with `forms` those are sent too."""
    tried: set[str] = set()
    for address in pages:
        page = client.get(address)
        if page.status_code != 200:
            yield f"{address}: {page.status_code}"
            continue
        main = Main(page.content.decode())
        for link in main.links:
            path = link.href.partition("#")[0]
            if path.startswith("/") and path not in tried:
                tried.add(path)
                yield from _link_faults(client, address, link, path)
        for form in main.forms:
            if forms and form.method == "post":
                yield from _form_faults(client, address, form)


def _link_faults(client: OfficeClient, address: str, link: Link, path: str) -> Iterator[str]:
    there = client.get(path, follow=True)
    what = f"{address}: «{' '.join(link.text.split())}» ({path})"
    if there.status_code != 200:
        yield f"{what} answers {there.status_code}"
    elif said := _refusals(there):
        yield f"{what} is refused: {said}"
    elif link.button and not READS.match(link.text.strip()) and "html" in there.headers["Content-Type"]:
        main = Main(there.content.decode())
        if not main.forms:
            yield f"{what} has no form"


def _form_faults(client: OfficeClient, address: str, form: Form) -> Iterator[str]:
    """Sent as it stands, and undone: it may lack something, but the matter may not be too far gone for it."""
    path = form.action.partition("#")[0] or address
    with suppress(_Undo), transaction.atomic():
        there = client.post(path, form.fields, follow=True)
        if there.status_code not in (200, 201, 422):
            yield f"{address}: the form to {path} answers {there.status_code}"
        elif (said := _refusals(there)) and OVER.search(said):
            yield f"{address}: the form to {path} is refused: {said}"
        raise _Undo


class _Undo(Exception):
    """Nothing of what was pressed stays."""


def _refusals(response: object) -> str:
    """What a page says no with: messages, and the summary of what must be put right."""
    html = response.content.decode()  # type: ignore[attr-defined]
    alerts = re.findall(r'role="alert"><p class="ds-paragraph">(.*?)</p>', html, re.S)
    summary = html.partition("v-error-summary")[2].partition("</div>")[0].partition("</h2>")[2]
    return " ".join([*alerts, *re.sub(r"<[^>]*>", " ", summary).split()])


def test_somebody_to_call_can_be_reached_from_a_closed_matter(gjovik):
    """What goes on after the end is on the page, and can be done."""
    kari, case = client_for("kari"), an_open_case()
    call = to_call(case)
    transfers.hand_over(case.concern, ends=Ends(calls={str(call.id): str(as_person("kari").user_id)}))
    for address in (f"/saker/{case.id}", f"/innboks/{case.concern_id}"):
        assert f"/innboks/ring-tilbake/{call.id}" in kari.get(address).content.decode()
    done = kari.post(f"/innboks/ring-tilbake/{call.id}", {"result": "reached", "note": ""})
    assert done.status_code == 303


HOUSE = Path(__file__).parents[2]
HOLE = re.compile(r'\{%.*?%\}|\{\{.*?\}\}|\$?\{[^{}"]*\}')
WRITTEN = re.compile(r"""["'`(](\0?/[^"'`<>\s#?]*)""")
NAMED = re.compile(r"""\{% url ["']([^"']+)["']|reverse\("([^"]+)\"""")
AFTER = ("see_other", "back_with", "redirect")
# Addresses that no page leads to, and why that is so.
REASONS = {
    "/": "its address has no words to look for; the name at the top leads there",
    "/innsynslogg/utskrift/<uuid:matter_id>": "one names the matter on the page before it, and is sent on",
    "/konto/bekreft/kode": "one is sent there by what asks for the second step again",
    "/konto/bekreft/passnokkel": "one is sent there by what asks for the second step again",
    "/api/schema": "for machines",
    "/api/v1/reports": "for machines",
    "/api/v1/reports/<str:receipt>": "for machines",
}


def _sources() -> Iterator[Path]:
    for folder in ("platform/varde", "tenants", "shared"):
        for file in (HOUSE / folder).rglob("*.*"):
            if file.suffix in (".html", ".py", ".js") and file.name != "urls.py" and "migrations" not in file.parts:
                yield file


def called() -> set[str]:
    """Every address that is written by its name."""
    said = (NAMED.findall(file.read_text(encoding="utf-8")) for file in _sources())
    return {name for found in said for pair in found for name in pair if name}


@cache
def written() -> list[re.Pattern[str]]:
    """Every address in templates and code, what is filled in standing for anything."""
    found = {address for file in _sources() for address in _in_file(file)}
    return [re.compile(each) for each in sorted(found)]


def _lines(file: Path) -> list[str]:
    """Without the calls that say where one comes after pressing: that is no way to it."""
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    calls = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Call)] if file.suffix == ".py" else []
    for call in calls:
        if ast.unparse(call.func).endswith(AFTER):
            lines[call.lineno - 1 : call.end_lineno] = [""] * ((call.end_lineno or 0) - call.lineno + 1)
    return lines


def _in_file(file: Path) -> Iterator[str]:
    for line in _lines(file):
        for said in WRITTEN.findall(HOLE.sub("\0", line)):
            if said.replace("\0", "").strip("/"):
                first = ".+" if said.startswith("\0") else ""
                yield first + re.escape(said.removeprefix("\0")).replace("\0", "[^/]*")


def named(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[str, str]]:
    """The name of each address that has one."""
    for entry in patterns:
        path = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from named(entry.url_patterns, path)
        elif entry.name:
            yield entry.name, path


def test_every_address_of_a_kommune_is_written_on_some_page():
    urlconf = settings.TENANT_TYPES["kommune"]["URLCONF"]
    names = called()
    alone = {path for path, _, _ in gather(urlconf)} - {
        path for name, path in named(get_resolver(urlconf).url_patterns) if name in names
    }
    filled = {path: re.sub(r"<[^>]*>", "x1", path) for path in alone}
    alone = {path for path, shown in filled.items() if not any(each.fullmatch(shown) for each in written())}
    assert alone == set(REASONS), f"without a way to them: {sorted(alone - set(REASONS))}; with: {set(REASONS) - alone}"
