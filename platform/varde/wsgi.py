"""The server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varde.settings.production")
application = get_wsgi_application()

from varde.tenancy.guard import refuse_mighty_login  # noqa: E402  (needs the apps)

refuse_mighty_login()
