"""Two matters that turn out to be one, and major matters that need a team of their own."""

from django.apps import AppConfig


class JoinedConfig(AppConfig):
    name = "tenants.joined"
    label = "joined"
