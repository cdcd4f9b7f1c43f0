"""A tenant as django-tenants' documentation has it."""

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class Tenant(TenantMixin):
    auto_create_schema = False  # the benchmark asks for it itself
    name = models.CharField(max_length=80)

    class Meta:
        app_label = "stock"


class Domain(DomainMixin):
    class Meta:
        app_label = "stock"
