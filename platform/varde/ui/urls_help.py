"""Addresses of help, where people log in."""

from django.urls import URLPattern, path

from varde.ui import views
from varde.ui.hotkeys import PAGE

urlpatterns: list[URLPattern] = [path(PAGE.removeprefix("/"), views.keyboard, name="ui.keyboard")]
