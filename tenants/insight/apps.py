"""What the person concerned may see of what is kept about them."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "tenants.insight"
    label = "insight"
