from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "tenants.triage"
    label = "triage"
