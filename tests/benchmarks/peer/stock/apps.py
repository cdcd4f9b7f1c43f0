from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "tests.benchmarks.peer.stock"
    label = "stock"
