"""The one error that the administration command shows as a sentence instead of a traceback."""


class Complaint(Exception):
    """A Norwegian sentence for the person at the keyboard; `varde` prints it to stderr, status 2."""
