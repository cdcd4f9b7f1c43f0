from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "tenants.measures"
    label = "measures"
