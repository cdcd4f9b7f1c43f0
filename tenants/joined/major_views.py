"""Major matters: the list with what a leader was told, a new one, and the page of those who are on it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods

from tenants.inbox.access import concern_for
from tenants.inbox.home import home_of
from tenants.joined import access, major_actions
from tenants.joined import major_queries as queries
from tenants.joined.major_forms import AboutForm, AlertForm, KommuneForm, MatterForm, PersonForm, about_of
from tenants.joined.models import MajorMatter
from tenants.joined.states import NOT_FOUND
from varde.access import Permission, Role, allow, reader
from varde.audit.actions import Action, record
from varde.identity.models import User
from varde.refusal import Overtaken, Refused
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]


@allow(Permission.TRIAGE, Permission.GLASS_APPROVE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Those that the reader is on; and what the reader has been told as a leader."""
    by = reader(request)
    majors = queries.majors() if by.may(Permission.TRIAGE) else []
    alerts = queries.alerts_to(by)
    record(by=by, action=Action.LIST, what="joined.major", ids=[row.pk for row in majors])
    if alerts:
        record(by=by, action=Action.LIST, what="joined.alert", ids=[row.pk for row in alerts])
    return page(request, "joined/majors.html", {"majors": majors, "alerts": alerts})


@allow(Permission.TRIAGE)
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """A major matter that begins with one matter (`sak`, its name or its id)."""
    by = reader(request)
    typed = (request.POST or request.GET).get("sak", "").strip()
    begins = by.has(Role.COORDINATOR)
    concern = access.other_named(by, typed) if begins and typed else None
    if concern is None:
        context = {"form": MatterForm(), "begins": begins, "problem": NOT_FOUND if begins and typed else ""}
        return page(request, "joined/major_which.html", context, status=200 if request.method != "POST" else 422)
    form = AboutForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            major = major_actions.begin(about=form.about(), concern=concern, by=by)
            return back_with(
                request, "Opprettet. Legg til de andre sakene og dem som må vite om den.", f"/stor-sak/{major.pk}"
            )
    context = {"form": form, "concern": concern, "home": home_of(concern)}
    return page(request, "joined/major_new.html", context, status=422 if form.is_bound else 200)


class _Page:
    """The forms of the page, with the one that was sent bound."""

    def __init__(self, request: HttpRequest, major: MajorMatter) -> None:
        self.request, self.major, self.by = request, major, reader(request)
        self.did = request.POST.get("gjor", "") if request.method == "POST" else ""
        self.matter = MatterForm(self._sent("sak"), prefix="sak")
        self.person = PersonForm(self._sent("folk"), people=queries.could_join(major), prefix="folk")
        self.kommune = KommuneForm(self._sent("kommune"), prefix="kommune")
        self.about = AboutForm(self._sent("kontakt"), initial=about_of(major), prefix="kontakt")
        self.alert = AlertForm(self._sent("varsle"), leaders=queries.leaders(major), prefix="varsle")

    def _sent(self, did: str) -> QueryDict | None:
        return self.request.POST if self.did == did else None

    def done(self) -> str | None:
        """What happened, for the person; None when nothing did. Raises Refused."""
        acts: dict[str, Callable[[], str | None]] = {
            "sak": self._add, "ut": self._take_out, "folk": self._put_on, "av": self._take_off,
            "kommune": self._add_kommune, "kommune_ut": self._drop_kommune, "kontakt": self._change,
            "varsle": self._alert, "avslutt": self._close,
        }  # fmt: skip
        return acts[self.did]() if self.did in acts else None

    def _add(self) -> str | None:
        if not self.matter.is_valid():
            return None
        other = access.other_named(self.by, self.matter.cleaned_data["sak"])
        if other is None:
            raise Refused(NOT_FOUND)
        major_actions.add_matter(major=self.major, concern=other, by=self.by)
        return "Saken er lagt til."

    def _take_out(self) -> str:
        found = dict(queries.matters_in(self.major))
        key = next((each for each in found if str(each) == self.request.POST.get("concern")), None)
        if key is None:
            raise Refused("Saken er ikke med lenger.")
        major_actions.take_out(major=self.major, concern=concern_for(self.by, key), by=self.by)
        return "Saken er tatt ut."

    def _put_on(self) -> str | None:
        if not self.person.is_valid():
            return None
        major_actions.put_on(major=self.major, user=self.person.chosen, by=self.by)
        return f"{self.person.chosen.name} er med."

    def _take_off(self) -> str:
        found: dict[str, User] = {str(user.pk): user for user in queries.members_of(self.major)}
        user = found.get(self.request.POST.get("user", ""))
        if user is None:
            raise Refused("Personen er ikke med lenger.")
        major_actions.take_off(major=self.major, user=user, by=self.by)
        return f"{user.name} er tatt av."

    def _add_kommune(self) -> str | None:
        if not self.kommune.is_valid():
            return None
        major_actions.add_kommune(major=self.major, by=self.by, **self.kommune.cleaned_data)
        return "Kommunen står på listen."

    def _drop_kommune(self) -> str:
        found = {str(row.pk): row for row in queries.kommuner_of(self.major)}
        row = found.get(self.request.POST.get("kommune", ""))
        if row is None:
            raise Refused("Kommunen står ikke på listen lenger.")
        major_actions.drop_kommune(major=self.major, row=row, by=self.by)
        return "Kommunen er tatt bort."

    def _change(self) -> str | None:
        if not self.about.is_valid():
            return None
        try:
            major_actions.change(major=self.major, about=self.about.about(), seen=self.about.was_seen, by=self.by)
        except Overtaken as error:
            fresh = MajorMatter.objects.get(pk=self.major.pk)
            if fresh.closed_at is not None:  # the form is gone from the page
                raise
            stands = about_of(fresh)
            self.about.told(str(error), stands["seen"], stands)
            return None
        return "Lagret."

    def _alert(self) -> str | None:
        if not self.alert.is_valid():
            return None
        told, leaders = self.alert.alert()
        major_actions.alert(major=self.major, alert=told, leaders=leaders, by=self.by)
        return "Lederne er varslet. De ser bare at det er en stor sak, omtrent hvor stor, og hvem som svarer pressen."

    def _close(self) -> str:
        major_actions.close(major=self.major, by=self.by)
        return "Den store saken er avsluttet. Sakene i den går videre som før."


@allow(Permission.TRIAGE)
@require_http_methods(READ_AND_SEND)
def major(request: HttpRequest, major_id: UUID) -> HttpResponse:
    """For those who are on it: the matters, the people, the media contact, and what leaders were told."""
    by = reader(request)
    found = access.major_for(by, major_id)
    shown, problem = _Page(request, found), ""
    try:
        said = shown.done()
    except Refused as error:
        said, problem = None, str(error)
    if said is not None:
        messages.success(request, said)
        still = MajorMatter.objects.filter(pk=found.pk).exists()
        return see_other(f"/stor-sak/{found.pk}" if still else "/stor-sak")
    context = {
        "major": found,
        "shown": shown,
        "problem": problem,
        "matters": queries.matters_in(found),
        "members": queries.members_of(found),
        "kommuner": queries.kommuner_of(found),
        "alerts": queries.alerts_of(found),
    }
    return page(request, "joined/major.html", context, status=422 if request.method == "POST" else 200)
