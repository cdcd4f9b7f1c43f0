"""Users and their roles, in the office's own schema. Django's groups and permissions are not used."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import QuerySet

from varde.access.reader import Reader
from varde.access.roles import Role
from varde.access.rows import PURPOSE, SIGNED, USER, RowRights
from varde.access.ticket import presented
from varde.identity.lending import here
from varde.privacy.models import Row
from varde.tenancy.door import need_office


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())

    def here(self) -> "QuerySet[User]":
        """Those who may work here right now: the account is open, and whoever is lent is so still."""
        return self.filter(here(), is_active=True)


class User(AbstractBaseUser, Row):
    """A person with an account in this office.

    Read before it is known who asks; what may be changed is settled column by column (migration 0004).
    """

    row_rights = RowRights(people="true", may_insert=f"access_manages({USER})", purposes={"setup": "INSERT"})
    email = models.EmailField("e-post", unique=True)
    name = models.CharField("navn", max_length=120)
    service = models.CharField("tjeneste", max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Sessions begun before this have ended: a closed account, or the provider said that the person logged out there.
    sessions_from = models.DateTimeField(null=True, blank=True)
    dormant_told_at = models.DateTimeField(null=True, blank=True)
    # The kommune that lends the person, null for the office's own: they are here while both are in one agreement.
    for_office = models.UUIDField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "identity_user"

    class Privacy:
        personal = ("email", "name")
        free_text = ("service",)
        safe = (
            "id", "password", "last_login", "is_active", "created_at", "sessions_from", "dormant_told_at",
            "for_office",
        )  # fmt: skip
        open_because = {
            "password": "Bare et saltet fingeravtrykk, aldri selve passordet.",
            "email": "Den ansattes adresse hos arbeidsgiveren, som kontoen finnes igjen med ved innlogging.",
            "name": "Den ansattes navn, som lister og logg trenger.",
            "service": "Tjenesten den ansatte arbeider i, som databasen trenger for å stenge noen ute av en sak.",
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def check_password(self, raw_password: str | None) -> bool:
        """A hash by older settings is renewed by the one who just proved to know it: nobody else may change it."""
        return check_password(raw_password, self.password, self._renew)

    def _renew(self, raw_password: str) -> None:
        self.set_password(raw_password)
        self._password = None  # else the save would tell the validators of a new password
        with presented(Reader(office=need_office(), user_id=self.id)):
            self.save(update_fields=["password"])

    def get_full_name(self) -> str:
        """The name as it is shown."""
        return self.name


class RoleGrant(Row):
    """A role that a person holds here. Taking it away takes effect with the next request.

    Everybody's roles are read before it is known who asks; only those who manage people write them, never their own.
    """

    row_rights = RowRights(
        people="true",
        may_insert=f"access_manages({USER}) AND user_id <> {USER}",
        may_change=f"access_manages({USER}) AND user_id <> {USER}",
        purposes={"setup": "INSERT, UPDATE, DELETE"},
    )
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
        open_because = {
            "role": "En kode fra en fast liste, som databasen avgjør tilgang etter.",
            "granted_by": "Navnet på den ansatte som ga rollen.",
        }


class Provider(Row):
    """A place where this office's people may log in. The private key lies in the key folder (`oidc.keys`)."""

    # Set up from the command line; asked before it is known who comes.
    row_rights = RowRights(people="true", may_insert="false", may_change="false", purposes={"setup": "INSERT, UPDATE"})

    class Kind(models.TextChoices):
        """What the provider is; settles a few of its habits."""

        ENTRA = "entra", "Entra ID"
        ANSATTPORTEN = "ansattporten", "Ansattporten"
        IDPORTEN = "idporten", "ID-porten"
        GENERIC = "generic", "annen"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    label = models.CharField(max_length=60)
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=200)
    kid = models.CharField(max_length=100)
    # One of `acr_values` must stand in `acr_claim`; without values the log-in never counts as the second factor.
    acr_claim = models.CharField(max_length=40, default="acr")
    acr_values = models.JSONField(default=list)
    # The claim that says which office the person works in, as a dotted path, and what must stand there.
    match_claim = models.CharField(max_length=100, blank=True)
    match_value = models.CharField(max_length=100, blank=True)
    resource = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "identity_provider"
        constraints = [models.UniqueConstraint(fields=["issuer", "client_id"], name="identity_one_provider")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = (
            "id", "kind", "label", "issuer", "client_id", "kid", "acr_claim", "acr_values", "match_claim",
            "match_value", "resource", "active", "created_at",
        )  # fmt: skip
        open_because = {
            "kind": "En kode fra en fast liste.",
            "label": "Navnet på innloggingen, som står på den åpne innloggingssiden.",
            "issuer": "Utstederens offentlige nettadresse.",
            "client_id": "Kontorets kundenummer hos utstederen, som følger med i nettadressen ved innlogging.",
            "kid": "Navnet på en nøkkel, ikke nøkkelen.",
            "acr_claim": "Navnet på et felt i innloggingen.",
            "acr_values": "Koder for sikkerhetsnivåer, fra utstederens liste.",
            "match_claim": "Navnet på et felt i innloggingen.",
            "match_value": "Kontorets eget nummer eller navn, ikke en persons.",
            "resource": "En offentlig nettadresse.",
        }


class Subject(Row):
    """Who a person is at a provider: issuer and subject, bound once. An e-mail address never binds anybody."""

    # Bound by the person of the activation link; loosed by those who manage.
    row_rights = RowRights(
        people="true",
        may_insert=f"user_id = {SIGNED}",
        may_change=f"access_manages({USER})",
        purposes={"setup": "INSERT"},
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="subjects")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()

    class Meta:
        db_table = "identity_subject"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_one_subject"),
            models.UniqueConstraint(fields=["user", "provider"], name="identity_one_subject_per_provider"),
        ]

    class Privacy:
        personal = ("user", "subject")
        free_text = ()
        safe = ("id", "provider", "issuer", "bound_at")
        open_because = {
            "issuer": "Utstederens offentlige nettadresse.",
            "subject": "Utstederens kjennetegn på den ansatte, som kontoen finnes igjen med ved innlogging.",
        }


class Draft(Row):
    """What somebody was writing: sealed, seen by that person alone, gone when it is sent and after seven days."""

    row_rights = RowRights(
        people=f"user_id = {USER} OR {USER} IS NULL AND {PURPOSE} IS NULL",
        purposes={
            "keys": "SELECT, DELETE",
            "reminders": "SELECT, DELETE",
            "retention": "SELECT, DELETE",
            "post": "SELECT, DELETE",
        },
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=64)  # a keyed hash: the address of a form may name a case
    window = models.CharField(max_length=36, default="", db_default="", blank=True)  # drawn by the page itself
    sealed = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "identity_draft"
        constraints = [models.UniqueConstraint(fields=["user", "place", "window"], name="identity_one_draft")]

    class Privacy:
        personal = ("user",)
        free_text = ("sealed",)
        safe = ("id", "place", "window", "saved_at")
        open_because = {
            "window": "Et tilfeldig navn som siden gir seg selv.",
            "place": "Et fingeravtrykk med nøkkel: skjemaets adresse kan ikke leses ut av det.",
            "sealed": "Er selv lukket under kontorets nøkkel (varde.privacy.box).",
        }


class SavedView(Row):
    """A choice among the rows of a list that somebody has given a name, for themselves alone.

    `chosen` is a query string of codes (`varde.ui.filters`), read anew each time, so it says nothing of any matter.
    """

    row_rights = RowRights(people=f"user_id = {USER}")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    place = models.CharField(max_length=20)  # which list
    # Closed under a key of the office: people write names in names.
    name = models.TextField()
    chosen = models.CharField(max_length=1000, blank=True)
    # Shown when the list is opened without a choice; one of each list.
    front = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "identity_savedview"

    class Privacy:
        personal = ("user",)
        free_text = ("name",)
        safe = ("id", "place", "chosen", "front", "at")
        open_because = {
            "place": "En kode: hvilken liste det er.",
            "name": "Lukket under kontorets nøkkel (varde.privacy.box).",
            "chosen": "Koder fra faste lister, navn på tjenester og ansattes id-er; lest inn på nytt hver gang.",
        }


class Counter(models.Model):
    """Failed attempts and used codes, shared by all processes. The key is a keyed hash: no address, no e-mail."""

    key = models.CharField(primary_key=True, max_length=64)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "identity_counter"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("key", "value", "expires_at")
        open_because = {
            "key": "Et fingeravtrykk med nøkkel: verken adresse eller e-post kan leses ut av det.",
            "value": "Antall og tidspunkter for mislykkede forsøk.",
        }
