"""Kommuner on their way into the region."""

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "regional.onboarding"
    label = "onboarding"

    def ready(self) -> None:
        from regional.onboarding.handlers import answer_asked, store_health
        from shared.contracts import OfficeHealth, TestAsked
        from shared.post.handlers import register
        from varde.access import Permission
        from varde.ui.navigation import entry

        register("region", OfficeHealth, store_health)
        register("region", TestAsked, answer_asked)
        entry(
            "region",
            36,
            "Nye kommuner",
            "/samarbeid/nye-kommuner",
            Permission.ONBOARDING,
            text="Inviter en kommune, og se hvor langt hver av dem har kommet.",
        )
