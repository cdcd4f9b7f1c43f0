from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "regional.statistics"
    label = "statistics"
