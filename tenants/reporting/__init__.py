"""The kommune's own report of its cases, and the anonymous single registrations."""
