"""The server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varde.settings.production")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (all below needs the apps)

from varde.access import gather  # noqa: E402
from varde.tenancy.guard import refuse_bad_start  # noqa: E402

refuse_bad_start()
# A fault in an address must stop the start, not the first visitor.
for _kind in settings.TENANT_TYPES.values():
    list(gather(_kind["URLCONF"]))
