from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "regional.statistics"
    label = "statistics"

    def ready(self) -> None:
        from regional.cooperation import consequences
        from regional.statistics.handlers import store_return
        from regional.statistics.leaving import returns
        from shared.contracts import Return
        from shared.post.handlers import register

        register("region", Return, store_return)
        consequences.register(80, returns)
