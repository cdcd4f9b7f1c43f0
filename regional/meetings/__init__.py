"""The leader team's meetings: planned, called, held, minuted, followed up."""
