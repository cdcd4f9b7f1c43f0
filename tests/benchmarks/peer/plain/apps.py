from django.apps import AppConfig


class PlainConfig(AppConfig):
    name = "tests.benchmarks.peer.plain"
    label = "plain"
