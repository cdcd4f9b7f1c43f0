"""The pages of a rota. A room puts its own doors in front of them and says where they stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from varde import rota as rules
from varde.access.reader import reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import CALENDAR, download, subscription
from varde.identity.models import User
from varde.notify.mail import address
from varde.refusal import Overtaken, Refused
from varde.rotas import access, actions, calendar, feeds, forms
from varde.rotas.models import WEEKDAYS
from varde.rotas.picture import picture
from varde.rotas.plan import Plan
from varde.rotas.queries import AHEAD, Asked
from varde.rotas.rules import in_words, plan, said, week_of, weeks
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
FEED = "kalender"  # the last but one part of the address that calendar programs read


@dataclass(frozen=True, slots=True)
class Frame:
    """`base`: where the rota stands. `crumbs`: (name, address) of the pages above it. `file`: one's shifts as a file,
    "" where nobody's own are shown."""

    base: str
    crumbs: tuple[tuple[str, str], ...]
    file: str = ""
    title: str = "Vaktliste"
    template: str = "rotas/rota.html"


class Pages:
    """The pages of one plan at one place."""

    def __init__(self, kept: Plan, frame: Frame) -> None:
        self.plan, self.frame, self.asked = kept, frame, Asked(kept)
        of = kept.tables
        self._removable: dict[str, type[actions.Removable]] = {
            "enkeltvakt": of.dated, "fravar": of.absence, "bytte": of.swap, "dag": of.other_day,
        }  # fmt: skip

    # --- the plan ------------------------------------------------------------------------------------------
    def rota(self, request: HttpRequest, more: Mapping[str, Any] | None = None) -> HttpResponse:
        """Who answers now, this week and next, the gaps of the next seven days, and everything the plan is made of."""
        by, moment = reader(request), now()
        access.note_read(self.plan, by)
        able, found = self.asked.here(), self.asked.calendar()
        rota, today = self.asked.rota(found, able), day_of(moment)
        names = {one.id: one.name for one in able}
        known = names | self._left(rules.stretches(rota, moment - timedelta(days=7), moment), names)
        in_use = self.asked.in_use()
        context = self._made_of(today) | {
            "now_said": said(rules.now_on(rota, moment), names, rings_all=self.plan.rings_all),
            "weeks": weeks(plan(rota, known, week_of(today), 14, rings_all=self.plan.rings_all), today, in_use=in_use),
            "picture": picture(rota, known, today, in_use=in_use),
            "gaps": rules.gaps(rota, moment, moment + AHEAD) if in_use else [],
            "in_use": in_use,
            "calendar": found,
            "days": [{"row": row, "hours": in_words(found.days[row.day])} for row in self.asked.coming_days(today)],
            "here": names.keys(),
            "sets_up": access.plans(self.plan, by),
            "keeps_own": access.keeps_own(self.plan, by),
            "has_shifts": by.may(self.plan.has_shifts),
            "feed": feeds.current(self.plan, by.user_id),
            "reader_id": by.user_id,
        }
        return page(request, self.frame.template, self._framed() | context | dict(more or {}))

    def _made_of(self, today: Any) -> dict[str, Any]:
        weekly, dated = self.asked.current_weekly(today), self.asked.coming_dated(now())
        able = {one.id for one in self.asked.here()}
        planned = [*(row.user for row in weekly), *(row.user for row in dated)]
        return {
            "today": today,
            "weekly": weekly,
            "dated": dated,
            "absences": self.asked.coming_absences(today),
            "swaps": self.asked.coming_swaps(now()),
            "gone": sorted({user.name for user in planned if user.id not in able}),
            "not_here": self.plan.not_here,
        }

    @staticmethod
    def _left(found: list[rules.Stretch[UUID]], names: Mapping[UUID, str]) -> dict[UUID, str]:
        """Names of those who answered last week and are gone since."""
        gone = {key for each in found for key in each.people} - names.keys()
        return {one.id: one.name for one in User.objects.filter(id__in=gone)} if gone else {}

    def _framed(self) -> dict[str, Any]:
        return {
            "base": self.frame.base,
            "crumbs": self.frame.crumbs,
            "file": self.frame.file,
            "rota_title": self.frame.title,
        }

    # --- its forms -----------------------------------------------------------------------------------------
    def _form_page(
        self, request: HttpRequest, form: forms.RotaForm, title: str, act: Callable[..., object], said: str,
        lead: str = "",
    ) -> HttpResponse:  # fmt: skip
        if form.is_bound and form.is_valid():
            try:
                act(self.plan, by=reader(request), **form.data_of())
            except Overtaken as error:
                if isinstance(form, forms.HoursForm):
                    form.told(str(error), self.asked.hours_seen(), form.stands())
            except Refused as error:
                form.add_error(None, str(error))
            else:
                return back_with(request, said, self.frame.base)
        if not form.is_bound:
            access.note_read(self.plan, reader(request))
        context = self._framed() | {"form": form, "title": title, "lead": lead}
        return page(request, "rotas/form.html", context, status=422 if form.is_bound else 200)

    def _filled[F: forms.RotaForm](self, request: HttpRequest, kind: type[F], people: list[User], **initial: Any) -> F:
        posted = request.POST if request.method == "POST" else None
        return kind(posted, initial=initial, people=people, now=now(), one_who=self.plan.one_who)

    def weekly(self, request: HttpRequest) -> HttpResponse:
        """A new shift of every week."""
        form = self._filled(request, forms.WeeklyForm, self.asked.here(), place=1, valid_from=day_of(now()))
        return self._form_page(request, form, "Ny fast vakt", actions.add_weekly, "Den faste vakten er lagt til.")

    def dated(self, request: HttpRequest) -> HttpResponse:
        """A new single shift."""
        form = self._filled(request, forms.DatedForm, self.asked.here(), place=1)
        return self._form_page(request, form, "Ny enkeltvakt", actions.add_dated, "Vakten er lagt til.")

    def absence(self, request: HttpRequest) -> HttpResponse:
        """A new absence; those who only have shifts note their own."""
        form = self._filled(request, forms.AbsenceForm, self._own(request), user=str(reader(request).user_id or ""))
        lead = "Vakter i fraværet regnes som tomme. Hvorfor noen er borte, skal ikke stå her."
        return self._form_page(request, form, "Nytt fravær", actions.add_absence, "Fraværet er lagret.", lead)

    def swap(self, request: HttpRequest) -> HttpResponse:
        """Somebody else takes a shift; those who only have shifts give away their own."""
        form = self._filled(request, forms.SwapForm, self.asked.here(), user=str(reader(request).user_id or ""))
        form.let_give(self._own(request))
        lead = "Den som tar vakten, svarer i stedet for den andre mellom klokkeslettene."
        return self._form_page(request, form, "Bytt vakt", actions.add_swap, "Byttet er lagret.", lead)

    def _own(self, request: HttpRequest) -> list[User]:
        """Whose absences and swaps the reader keeps."""
        by = reader(request)
        return [one for one in self.asked.here() if access.plans(self.plan, by) or one.id == by.user_id]

    def hours(self, request: HttpRequest) -> HttpResponse:
        """The opening hours from a day on, and who has changed them."""
        today = day_of(now())
        opening = [each for each in self.asked.calendar().openings if each.since <= today][-1]
        posted = request.POST if request.method == "POST" else None
        initial = {"valid_from": today, "on_holidays": opening.on_holidays, "seen": self.asked.hours_seen()}
        form = forms.HoursForm(posted, initial=initial, people=[], now=now(), week=opening.week)
        if posted is not None:
            return self._form_page(request, form, "Åpningstid", actions.set_hours, "Åpningstiden er lagret.")
        record(by=reader(request), action=Action.VIEW, what=self.plan.noun("hours"))
        history = [
            {"when": row.set_at, "title": f"Fra {row.valid_from:%d.%m.%Y}", "who": row.set_by, "text": _week(week)}
            for row, week in self.asked.hours_history()[:50]
        ]
        lead = "Dagene du lar stå tomme, er stengt. Klokka 00.00–00.00 er hele døgnet."
        context = {"form": form, "title": "Åpningstid", "lead": lead, "history": history}
        return page(request, "rotas/form.html", self._framed() | context)

    def day(self, request: HttpRequest) -> HttpResponse:
        """One day that is closed or has other hours."""
        form = self._filled(request, forms.DayForm, [])
        lead = "Helligdagene er stengt uten at du skriver dem inn. Her skriver du for eksempel julaften."
        return self._form_page(request, form, "Dag med annen åpningstid", actions.set_day, "Dagen er lagret.", lead)

    def end(self, request: HttpRequest, shift_id: UUID) -> HttpResponse:
        """A weekly shift is over with yesterday: what has been stays in the plan."""
        yesterday, by = day_of(now()) - timedelta(days=1), reader(request)
        return self._done(request, lambda: actions.end_weekly(self.plan, row_id=shift_id, last_day=yesterday, by=by))

    def remove(self, request: HttpRequest, kind: str, row_id: UUID) -> HttpResponse:
        """Take away a single shift, an absence, a swap or a day."""
        if kind not in self._removable:
            raise Http404
        table, by = self._removable[kind], reader(request)
        return self._done(request, lambda: actions.remove(self.plan, kind=table, row_id=row_id, by=by))

    def _done(self, request: HttpRequest, act: Callable[[], None]) -> HttpResponse:
        with refusal_above(request):
            act()
            messages.success(request, "Vaktlisten er endret.")
        return see_other(self.frame.base)

    # --- one's own shifts, for a calendar ------------------------------------------------------------------
    def own_calendar(self, request: HttpRequest) -> Any:
        """The reader's own shifts as a calendar file."""
        by = reader(request)
        if by.user_id is None:
            raise Http404
        record(by=by, action=Action.EXPORT, what=self.plan.noun("shift"))
        made = calendar.ics(self.asked.rota(), by.user_id, now())
        return download([made], size=len(made), stem="vakt", kind=CALENDAR)

    def feed_made(self, request: HttpRequest) -> HttpResponse:
        """A new address, shown in this answer and never again."""
        by = reader(request)
        secret = feeds.make(self.plan, by=by)
        url = address(by.office, f"{self.frame.base}/{FEED}/{secret}.ics")
        return page(request, "rotas/feed.html", self._framed() | {"url": url}, status=201)

    def feed_ended(self, request: HttpRequest) -> HttpResponse:
        """The address works no more."""
        ended = feeds.end(self.plan, by=reader(request))
        return back_with(
            request,
            "Kalenderadressen virker ikke lenger." if ended else "Du hadde ingen kalenderadresse.",
            self.frame.base,
        )

    def feed(self, request: HttpRequest, secret: str) -> Any:
        """For whoever has the address: when one person has a shift, and nothing else."""
        by, whose = reader(request), feeds.whose(self.plan, secret)
        if whose is None:
            record(by=by, action=Action.DENIED, what=self.plan.noun("feed"))
            raise Http404
        record(by=by, action=Action.EXPORT, what=self.plan.noun("feed"), ids=[whose])
        return subscription(calendar.ics(self.asked.rota(), whose, now()))


def _week(week: Any) -> str:
    return "\n".join(f"{name}: {in_words(week.get(number, ()))}" for number, name in enumerate(WEEKDAYS))
