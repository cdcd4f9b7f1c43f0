"""Where concerns arrive in a kommune: the public form, the API, and the team's inbox."""
