"""The database backend: django-tenants' own, with a login per office instead of a search path per cursor."""
