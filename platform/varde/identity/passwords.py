"""Django's rule for length, in Norwegian: its own sentence is not translated."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        """The sentence for a password that is too short."""
        return f"Passordet er for kort. Det må ha minst {self.min_length} tegn."

    def get_help_text(self) -> str:
        """The sentence beside the field."""
        return f"Passordet må ha minst {self.min_length} tegn."
