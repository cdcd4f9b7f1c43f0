"""How long a matter is kept, its way to the archive, and its end."""

from django.apps import AppConfig


class KeptConfig(AppConfig):
    name = "tenants.kept"
    label = "kept"
