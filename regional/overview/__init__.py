"""The leader team's one page: what is released, what waits, what lacks."""
