from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "tenants.returns"
    label = "returns"
