from django.apps import AppConfig


class LeadersConfig(AppConfig):
    name = "regional.leaders"
    label = "leaders"
