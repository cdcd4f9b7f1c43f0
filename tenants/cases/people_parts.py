"""The persons' parts of the case page: the room of persons comes before cases and cannot put them there itself."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.inbox.panels import Panel
from tenants.persons import panels
from varde.access import Reader


def _html(panel: Panel | None, case: Case, request: HttpRequest) -> SafeString:
    if panel is None:
        return SafeString("")
    context = {"panel": panel.context, "concern": case.concern, "on_case": True}
    return SafeString(render_to_string(panel.template, context, request))


def warnings(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """Dangers to those who visit."""
    return _html(panels.top_of(case.concern, reader), case, request)


def persons(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The cards, and where they come again."""
    return _html(panels.persons_panel(case.concern, reader), case, request)


def voice(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """What the person wants."""
    return _html(panels.voice_panel(case.concern, reader), case, request)
