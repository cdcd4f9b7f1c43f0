"""Two people have the same page open: the second is told and finds both texts there, wherever something is changed."""

from html.parser import HTMLParser

import pytest

from tenants.measures import requests_actions
from tenants.measures.requests_actions import Ask
from tenants.meeting.actions import Wish, call_meeting
from tenants.outreach import actions as outreach
from tenants.outreach.rings import AUDIENCES, KINDS
from tenants.team import register_actions
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from varde.access import Role
from varde.clock import now
from varde.ui.dates import day_of

TODAY = day_of(now())


class Typed(HTMLParser):
    """What the fields of each form on a page hold, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.inside, self.area, self.select = False, "", ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.forms.append({})
            self.inside = True
        elif not self.inside:
            return
        elif tag == "textarea":
            self.area = name
            self.forms[-1][name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.forms[-1][self.select] = [value]
        elif tag == "input":
            held = self.forms[-1].setdefault(name, [])
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                held.append(value or "on" * (given.get("type") == "checkbox"))

    def handle_endtag(self, tag):
        self.inside &= tag != "form"
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data):
        if self.area:
            self.forms[-1][self.area][0] += data.removeprefix("\n") if not self.forms[-1][self.area][0] else data


def typed(page: str, field: str) -> dict[str, list[str]]:
    """The form that this field is in."""
    parser = Typed()
    parser.feed(page)
    return next(form for form in parser.forms if field in form)


def activity() -> str:
    told = outreach.Told(kind=KINDS[0][0], title="Møte", held_on=TODAY, audience=AUDIENCES[0][0])
    made = outreach.save_activity(activity=None, told=told, responsible=None, by=as_person("kari"))
    return f"/informasjon/{made.id}"


def routine() -> str:
    made = register_actions.save_routine(
        routine=None, title="Vakt", place="Perm", owner=way.person("kari"), review_on=TODAY, reviewed=False,
        by=as_person("kari"),
    )  # fmt: skip
    return f"/team/register/rutiner/{made.id}"


def handover() -> str:
    tove = way.person("tove", Role.COORDINATOR)
    made = register_actions.begin_handover(leaving=tove, heir=way.person("kari"), last_day=TODAY, by=as_person("kari"))
    return f"/team/register/overlevering/{made.id}"


def meeting() -> str:
    kari = way.person("kari")
    wish = Wish(starts_at=way.in_hours(48).replace(second=0, microsecond=0), minutes=60, chair=kari, minute_taker=kari)
    return f"/mote/{call_meeting(wish=wish, people=[], by=as_person('kari')).id}/endre"


def request() -> str:
    case, tove = way.case(), way.person("tove", Role.CONTACT)
    ask = Ask(
        partner=None, recipient=tove, asked="Kan dere?", ground="samtykke", secrecy="fvl_13",
        due_on=day_of(way.in_hours(72)), owner=way.person("kari"),
    )  # fmt: skip
    made = requests_actions.send_request(case=case, ask=ask, by=as_person("kari"))
    return f"/saker/{case.id}/foresporsler/{made.id}"


def days(number: int) -> str:
    return day_of(way.in_hours(24 * number)).isoformat()


# Where; which field; what the two type in it; what the second is shown of the first; the button.
PAGES = {
    "activity": (activity, "place", ("Biblioteket", "Rådhuset"), "Biblioteket", ""),
    "plan": (lambda: "/informasjon/plan", "staff", ("1100", "1200"), "1100", ""),
    "routine": (routine, "place", ("Grønn perm", "Rød perm"), "Grønn perm", ""),
    "mandate": (lambda: "/team/register/mandat", "text", ("Karis mandat", "Toms mandat"), "Karis mandat", ""),
    "modules": (lambda: "/team/register/moduler", "modules", ("k; Karis kurs; 1", "t; Toms kurs; 1"), "Karis kurs", ""),
    "handover": (handover, "done", (["phone"], ["mail"]), "Telefonen og vaktlist", ""),
    "place": (lambda: f"/team/medlem/{way.person('tove').id}", "service", ("Legevakt", "Krisesenter"), "Legevakt", ""),
    "deadlines": (lambda: "/team/frister", "bor", ("97", "98"), "97", ""),
    "opening hours": (lambda: "/team/vakt/apningstid", "opens_0", ("07:15", "07:45"), "07.15", ""),
    "leader chain": (lambda: "/team/lederkjede", "title_1", ("Rektor", "Rådmann"), "Rektor", ""),
    "meeting": (meeting, "place", ("Rom 1", "Rom 2"), "Rom 1", ""),
    "request": (request, "due_on", (days(5), days(6)), days(5)[8:], "follow"),
    "registration": (lambda: f"/saker/{way.case().id}/skjema", "kategori", ("akutt", "bor"), "akutt sak", ""),
    "roles": (lambda: f"/folk/{way.person('tom').id}", "roles", (["koordinator"], ["leder"]), "Koordinator", ""),
}  # fmt: skip
ALSO = {
    "mandate": {"decided_on": [days(-3)], "decided_by": ["Rådmannen"]}, "place": {"since": ["2026-01-05"]},
    "plan": {"inhabitants": ["30000"]}, "opening hours": {"closes_0": ["15:00"]},
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_second_of_two_is_told_and_has_both_texts(gjovik, name):
    where, field, (first, second), shown, button = PAGES[name]
    kari = client_for("kari", Role.COORDINATOR, Role.ADMINISTRATOR)
    address = where()
    opened = typed(kari.get(address).content.decode(), field) | ALSO.get(name, {})
    send_to = f"{address}/roller" if name == "roles" else address
    pressed = {button: "1"} if button else {}
    assert kari.post(send_to, opened | {field: first} | pressed).status_code in (302, 303)
    late = kari.post(send_to, opened | {field: second} | pressed)
    page = late.content.decode()
    assert late.status_code == 422
    assert "var først ute" in page
    beside = page.partition("Slik står det nå")[2].partition("</dl>")[0]
    assert shown in beside
    again = typed(page, field)
    kept = again[field] if isinstance(second, list) else again[field][0]
    assert kept == second
    assert kari.post(send_to, again | pressed).status_code in (302, 303)
