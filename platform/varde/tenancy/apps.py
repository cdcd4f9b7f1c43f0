from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "varde.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from django.conf import settings

        from varde.exits import errors, lines
        from varde.tenancy import checks, guard  # noqa: F401  (checks register themselves)

        if settings.MODE != "test":  # the test runner has hooks of its own
            lines.catch_the_rest()
        guard.refuse_bad_settings()
        errors.start(settings.SENTRY_DSN)
