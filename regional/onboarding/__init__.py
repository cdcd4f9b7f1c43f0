"""A kommune's way from invitation to open phone, seen from the region."""
