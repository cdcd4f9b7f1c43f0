"""The region's templates: look at a file, send it to the kommuner, and see how far it has come."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from regional.cooperation import access, actions, queries
from varde.access import Permission, allow, reader
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import back_with, page, see_other
from varde.ui.template_upload import TemplateFileForm, template_upload

HERE = "/samarbeid/maler"


@allow(Permission.TEMPLATES_SHARE)
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """What was handed out. POST of a file shows it, or says what is wrong; POST of its text sends it."""
    access.note_templates(reader(request))
    return template_upload(request, show=partial(_page, request), keep=partial(_share, request))


def _share(request: HttpRequest, text: str) -> HttpResponse:
    row = actions.share_template(text=text, by=reader(request))
    return back_with(
        request, f"Malen «{row.title}, {row.version}» er sendt. Hver kommune velger selv å ta den i bruk.", HERE
    )


@allow(Permission.TEMPLATES_SHARE)
@require_POST
def send_to_the_rest(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """Send it to the kommuner that have not been sent it."""
    by = reader(request)
    row = access.template_for(by, template_id)
    with refusal_above(request):
        count = actions.send_to_the_rest(template=row, by=by)
        messages.success(request, f"Sendt til {count}." if count else "Ingen kunne få malen nå.")
    return see_other(HERE)


def _page(request: HttpRequest, form: TemplateFileForm, status: int = 200, **more: object) -> HttpResponse:
    kommuner, rows = queries.members(reader(request)), queries.templates()
    standing = queries.standings(rows, kommuner)
    context = {
        "form": form,
        "kommuner": kommuner,
        "rows": [
            {"row": row, "standings": standing[row.id], "lacks": any(each.at is None for each in standing[row.id])}
            for row in rows
        ],
    }
    return page(request, "cooperation/templates.html", context | more, status=status)
