from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "shared.registry"
    label = "registry"
