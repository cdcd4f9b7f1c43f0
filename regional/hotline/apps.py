from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "regional.hotline"
    label = "hotline"
