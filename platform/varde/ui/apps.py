"""The Django app of the screens."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and template tags; no tables."""

    name = "varde.ui"
    label = "ui"
