"""The persons' parts of the case page: the room of persons comes before cases and cannot put them there itself."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import brief
from tenants.inbox.panels import Panel
from tenants.persons import panels
from varde.access import Reader
from varde.ui.dates import count


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
    panel = panels.persons_panel(case.concern, reader)
    again = panel.context["repeats"]
    waits = f"Også i {count(len(again), 'annen sak', 'andre saker')}" if again else ""
    return brief(_html(panel, case, request), waits=waits, colour="info")


def voice(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """What the person wants."""
    return _html(panels.voice_panel(case.concern, reader), case, request)
