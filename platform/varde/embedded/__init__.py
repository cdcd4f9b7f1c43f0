"""PostgreSQL and Valkey from wheels, for the demo and the tests on one machine. Production refuses them."""

from varde.embedded.postgres import Postgres
from varde.embedded.state import load_env, running
from varde.embedded.valkey import Valkey

__all__ = ["Postgres", "Valkey", "load_env", "running"]
