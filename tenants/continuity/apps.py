"""What the team works from on a day when the platform is gone."""

from django.apps import AppConfig


class ContinuityConfig(AppConfig):
    name = "tenants.continuity"
    label = "continuity"
