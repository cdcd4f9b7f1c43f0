"""The register of operators, for the host; and each operator's own page."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from regional.phone import declaration_queries, training_queries
from regional.phone import training_actions as actions
from regional.phone.access import me, operator_for
from regional.phone.forms import CourseForm, CoursesForm, WrongForm
from regional.phone.training_models import Course
from shared.codes.courses import as_typed
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Overtaken
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

READ_AND_SEND = ["GET", "HEAD", "POST"]
LIST = "/vakttelefon/drift/operatorer"


@allow(Permission.HOTLINE_MANAGE)
@require_GET
def operators(request: HttpRequest) -> HttpResponse:
    """Everybody with what they have and lack."""
    found = training_queries.everybody(day_of(now()))
    record(by=reader(request), action=Action.LIST, what="phone.operator", ids=[one.user.id for one in found])
    context = {"operators": found, "warnings": training_queries.warnings(found)}
    return page(request, "phone/operators.html", context)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def operator(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One operator: courses and signatures; POST enters a course."""
    by, today = reader(request), day_of(now())
    user, courses = operator_for(user_id, by), training_queries.courses()
    form = CourseForm(request.POST if request.method == "POST" else None, courses=courses, today=today)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            actions.add_course(user=user, by=by, **form.cleaned_data)
            return back_with(request, "Kurset er ført.", f"{LIST}/{user.id}")
    titles = {one.code: one.title for one in courses}
    rows = [(row, titles.get(row.code, row.code)) for row in training_queries.courses_of(user)]
    context = {
        "form": form, "one": training_queries.of_users([user], today)[0], "rows": rows,
        "signatures": declaration_queries.signatures(user),
    }  # fmt: skip
    return page(request, "phone/operator.html", context, status=422 if form.is_bound else 200)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def wrong(request: HttpRequest, user_id: UUID, course_id: UUID) -> HttpResponse:
    """A course was entered by mistake."""
    by = reader(request)
    user = operator_for(user_id, by)
    row = Course.objects.filter(id=course_id, user=user).first()
    if row is None:
        raise Http404
    form = WrongForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            actions.take_back_course(course=row, reason=form.cleaned_data["reason"], by=by)
            return back_with(request, "Merket som feilført.", f"{LIST}/{user.id}")
    title = {one.code: one.title for one in training_queries.courses()}.get(row.code, row.code)
    context = {"form": form, "row": row, "user_shown": user, "course_title": title}
    return page(request, "phone/course_wrong.html", context, status=422 if form.is_bound else 200)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def courses(request: HttpRequest) -> HttpResponse:
    """The list of courses."""
    by = reader(request)
    form = CoursesForm(request.POST if request.method == "POST" else None, initial=_stands())
    if form.is_bound and form.is_valid():
        try:
            actions.load_courses(courses=form.cleaned_data["courses"], seen=form.was_seen, by=by)
        except Overtaken as error:
            stands = _stands()
            form.told(str(error), stands["seen"], stands)
        else:
            return back_with(request, "Listen er byttet. Det som er ført før, blir stående.", LIST)
    record(by=by, action=Action.VIEW, what="phone.courses")
    return page(request, "phone/courses.html", {"form": form}, status=422 if form.is_bound else 200)


def _stands() -> dict[str, str]:
    own = training_queries.newest_list()
    return {"courses": as_typed(training_queries.courses()), "seen": str(own.pk) if own else ""}


@allow(Permission.HOTLINE)
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The reader's own training and signature."""
    by = reader(request)
    user = User.objects.get(pk=me(by))
    record(by=by, action=Action.VIEW, what="phone.operator", ids=[user.id])
    context = {
        "one": training_queries.of_users([user], day_of(now()))[0],
        "signatures": declaration_queries.signatures(user),
    }
    return page(request, "phone/own.html", context)
