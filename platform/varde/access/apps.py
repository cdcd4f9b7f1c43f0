from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "varde.access"
    label = "access"

    def ready(self) -> None:
        from varde.access.ticket import forget
        from varde.tenancy.backend.base import after_savepoint_rollback

        after_savepoint_rollback.append(forget)
