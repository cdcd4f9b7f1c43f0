from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "varde.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from django.conf import settings

        from varde.observability import start_sentry
        from varde.tenancy import checks, guard  # noqa: F401  (checks register themselves)

        guard.refuse_bad_settings()
        start_sentry(settings.SENTRY_DSN)
