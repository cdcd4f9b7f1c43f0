from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "regional.releases"
    label = "releases"
