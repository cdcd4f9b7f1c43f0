"""Stock django-tenants with the same apps as a kommune of ours: its own backend, router and create_schema."""

import os

from varde.settings.test import *  # noqa: F403, TID251 (the same apps and models, so the same tables)
from varde.settings.test import GROUND_APPS, KOMMUNE_APPS, PLAIN_APPS  # noqa: TID251

HAS_MULTI_TYPE_TENANTS = False
TENANT_TYPES: dict[str, object] = {}
TENANT_MODEL = "stock.Tenant"
TENANT_DOMAIN_MODEL = "stock.Domain"
SHARED_APPS = ["django_tenants", "tests.benchmarks.peer.stock.apps.StockConfig"]
TENANT_APPS = GROUND_APPS + KOMMUNE_APPS
# Imported by the rooms, but neither shared nor a tenant's here; without migrations they cost the peer nothing.
_ASIDE = ["shared.registry", "shared.post"]
MIGRATION_MODULES = {"registry": None, "post": None}
INSTALLED_APPS = SHARED_APPS + TENANT_APPS + _ASIDE + [app for app in PLAIN_APPS if app != "varde.tenancy"]
TENANT_SYNC_ROUTER = "django_tenants.routers.TenantSyncRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]
DATABASES = {
    "default": {
        "ENGINE": "django_tenants.postgresql_backend",
        "NAME": "peer",
        "USER": "peer",
        "PASSWORD": os.environ["PEER_PASSWORD"],
        "HOST": os.environ["PEER_HOST"],
        "PORT": os.environ["PEER_PORT"],
        "CONN_MAX_AGE": None,
    }
}
