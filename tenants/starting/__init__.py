"""The kommune's own way from invitation to open phone, and what it agrees to."""
