from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "regional.cooperation"
    label = "cooperation"
