"""Users and their roles, in the office's own schema. Django's groups and permissions are not used."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from varde.access.roles import Role
from varde.privacy.models import Row


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, Row):
    """A person with an account in this office."""

    email = models.EmailField("e-post", unique=True)
    name = models.CharField("navn", max_length=120)
    service = models.CharField("tjeneste", max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "identity_user"

    class Privacy:
        personal = ("email", "name")
        free_text = ("service",)
        safe = ("id", "password", "last_login", "is_active", "created_at")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """The name as it is shown."""
        return self.name


class RoleGrant(Row):
    """A role that a person holds here. Taking it away takes effect with the next request."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40, choices=[(role.value, role.value) for role in Role])
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=200)

    class Meta:
        db_table = "identity_rolegrant"
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="identity_one_grant_per_role")]

    class Privacy:
        personal = ("user", "granted_by")
        free_text = ()
        safe = ("id", "role", "granted_at")
