"""People of an office: they live in its own schema, with a second factor and roles given per office."""
