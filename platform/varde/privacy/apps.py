from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "varde.privacy"
    label = "privacy"

    def ready(self) -> None:
        from varde.privacy.keyring import forget
        from varde.privacy.start import refuse_bad_keeper
        from varde.tenancy.backend.base import after_savepoint_rollback

        refuse_bad_keeper()
        after_savepoint_rollback.append(forget)
