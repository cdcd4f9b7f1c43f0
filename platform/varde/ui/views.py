"""Pages about the screens themselves."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from varde.access import Permission, allow, reader
from varde.ui import hotkeys
from varde.ui.forms import OFF, ON, HotkeysForm
from varde.ui.shortcuts import page, see_other

A_YEAR = 365 * 24 * 3600


@allow(Permission.BE_HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def keyboard(request: HttpRequest) -> HttpResponse:
    """How the keyboard is used, and the shortcuts. POST turns them on or off in this browser."""
    if request.method != "POST":
        return _page(request, HotkeysForm(initial={"hotkeys": ON if hotkeys.on(request) else OFF}))
    form = HotkeysForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _remembered(request, form.cleaned_data["hotkeys"])


def _page(request: HttpRequest, form: HotkeysForm, status: int = 200) -> HttpResponse:
    keys = hotkeys.shortcuts(reader(request))
    with_alt = any("Alt" in each.label for each in keys)
    context = {"form": form, "shortcuts": keys, "on": hotkeys.on(request), "with_alt": with_alt}
    return page(request, "ui/keyboard.html", context, status=status)


def _remembered(request: HttpRequest, chosen: str) -> HttpResponse:
    response = see_other(hotkeys.PAGE)
    if chosen == OFF:
        response.set_cookie(
            hotkeys.COOKIE,
            hotkeys.OFF,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(hotkeys.COOKIE, samesite="Lax")
    messages.success(request, "Hurtigtastene er slått av." if chosen == OFF else "Hurtigtastene er slått på.")
    return response
