"""Offices and their domains, in the public schema; offices read them through a view of the same name."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from shared.registry.facts_models import OwnFacts as OwnFacts
from shared.registry.lends_models import LendSaid as LendSaid
from shared.registry.standing_models import Standing as Standing
from varde.privacy.models import AppendOnly
from varde.tenancy.door import OfficeRef
from varde.tenancy.standing import beside


class Office(TenantMixin):  # type: ignore[misc]
    """A kommune (or bydel), a region, or the platform's own staff. No personal data.

    `region` and `host` are worked out from what both sides have said (`Standing`), at the time of each question, by the
    view that an office reads (ADR 0029). Here in the shared table they are empty.
    """

    auto_create_schema = False  # provisioning builds it from the template
    office_rights: ClassVar[str] = "SELECT"
    public_rights: ClassVar[str] = "SELECT"
    view_computes: ClassVar[dict[str, str]] = {"region_id": "w.region_id", "host": "coalesce(w.host, false)"}
    view_joins: ClassVar[str] = beside("t", "public.registry_standing")

    class Kind(models.TextChoices):
        KOMMUNE = "kommune", "Kommune"
        REGION = "region", "Region"
        DRIFT = "drift", "Drift"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=6, blank=True)
    login = models.CharField(max_length=63, unique=True)
    region = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="kommuner")
    host = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    population_as_of = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    phone_hours = models.CharField(max_length=120, blank=True)
    ordinary_name = models.CharField(max_length=120, blank=True)
    ordinary_phone = models.CharField(max_length=20, blank=True)
    ordinary_url = models.URLField(blank=True)
    accessibility_url = models.URLField(blank=True)
    theme = models.CharField(max_length=20, blank=True)
    started_on = models.DateField(null=True, blank=True)
    has_team = models.BooleanField(default=True)
    # The office that this one is part of now; set once, when two have become one.
    became = models.UUIDField(null=True, blank=True)
    # It had ended, and one that came back has its number and address from then on.
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "registry_office"
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(kind="kommune", replaced_at=None),
                name="registry_one_office_per_number",
            )
        ]

    class Privacy:
        personal = ()
        free_text = ()
        safe = (
            "id", "schema_name", "kind", "slug", "name", "number", "login", "region", "host", "active", "population",
            "population_as_of", "phone", "phone_hours", "ordinary_name", "ordinary_phone", "ordinary_url",
            "accessibility_url", "theme", "started_on", "has_team", "became",
            "replaced_at",
        )  # fmt: skip
        open_because = {
            "kind": "En kode fra en fast liste over typer kontor.",
            "slug": "Kontorets nettadresse, som er offentlig.",
            "name": "Kontorets navn, som er offentlig.",
            "number": "Kommunenummeret, som er offentlig.",
            "schema_name": "Teknisk navn på kontorets skjema i databasen.",
            "login": "Teknisk navn på kontorets innlogging i databasen, ikke passordet.",
            "population_as_of": "Når folketallet gjaldt, som er offentlig.",
            "phone": "Teamets telefonnummer, som står på den åpne siden.",
            "phone_hours": "Teamets telefontid, som står på den åpne siden.",
            "ordinary_name": "Navnet på kommunens ordinære tjeneste, som er offentlig.",
            "ordinary_phone": "Telefonnummeret til kommunens ordinære tjeneste, som er offentlig.",
            "ordinary_url": "En offentlig nettadresse.",
            "accessibility_url": "En offentlig nettadresse.",
            "theme": "En kode for hvordan sidene ser ut.",
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An ordinary save: django-tenants' own would build a schema."""
        models.Model.save(self, *args, **kwargs)

    @property
    def ref(self) -> OfficeRef:
        """What the door needs."""
        return OfficeRef(
            self.id,
            self.kind,
            self.slug,
            self.schema_name,
            self.login,
            self.name,
            self.number,
            self.region_id,
            self.host,
        )


class Domain(DomainMixin):  # type: ignore[misc]
    """A subdomain of the public host: only its first label is stored, so the host can change."""

    office_rights: ClassVar[str] = "SELECT"
    public_rights: ClassVar[str] = "SELECT"

    class Meta:
        db_table = "registry_domain"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "domain", "tenant", "is_primary")
        open_because = {"domain": "Første ledd i kontorets nettadresse, som er offentlig."}


class PublishedPhone(AppendOnly):
    """From `since` this is the number that a kommune's public pages show. Laid by the region that runs the phone.

    Goes before `Office.phone`; the newest row of the newest time holds. Only the kommune's own region may lay one (see
    the migration), and everybody may read it.
    """

    office_rights: ClassVar[str] = "SELECT, INSERT"
    public_rights: ClassVar[str] = "SELECT"
    kommune = models.UUIDField()
    # The region that laid it: it holds while the kommune is in that one.
    region = models.UUIDField(null=True, blank=True)
    since = models.DateTimeField()
    phone = models.CharField(max_length=20, blank=True)
    phone_hours = models.CharField(max_length=200, blank=True)
    # Whose number it is: own, hotline, krisesenter or legevakt.
    service = models.CharField(max_length=12, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "registry_phone"
        indexes = [models.Index(fields=["kommune", "since"], name="registry_phone_of")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "kommune", "region", "since", "phone", "phone_hours", "service", "set_at")
        open_because = {
            "phone": "Telefonnummeret til TryggEst i kommunen, som står på den åpne siden.",
            "phone_hours": "Når telefonen besvares, som står på den åpne siden.",
            "service": "En kode for hvem som svarer, fra en fast liste.",
        }
