"""Who read or changed what, when and why. The log is part of the read: no row, no page."""
