from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "varde.access"
    label = "access"
