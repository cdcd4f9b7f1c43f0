"""One region's schema: the shared phone, the leader team, pooled figures. No case lives here."""
