"""Forms of log-in and account in our words; what they do is allauth's and Django's."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as ChangeBase
from allauth.account.forms import LoginForm as LoginBase
from allauth.account.forms import ReauthenticateForm as ReauthenticateBase
from allauth.mfa.base.forms import AuthenticateForm as CodeBase
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainBase
from allauth.mfa.totp.forms import ActivateTOTPForm as ActivateBase
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AddKeyBase
from allauth.mfa.webauthn.forms import EditWebAuthnForm as EditKeyBase
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from varde.access.ticket import presented
from varde.identity.models import User
from varde.identity.queries import reader_of
from varde.tenancy.door import need_office


def _say(form: forms.Form, **labels: str) -> None:
    """Labels without placeholders: a placeholder is gone when it is needed."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


class LoginForm(LoginBase):  # type: ignore[misc]
    """Fields `login` and `password`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, login="E-post", password="Passord")  # noqa: S106 - a label


class ConfirmForm(ReauthenticateBase):  # type: ignore[misc]
    """Field `password`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password="Passord")  # noqa: S106


class ChangePasswordForm(ChangeBase):  # type: ignore[misc]
    """Fields `oldpassword`, `password1`, `password2`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, oldpassword="Passordet du har nå", password1="Nytt passord", password2="Nytt passord en gang til")
        self.fields["password1"].help_text = PASSWORD_HELP


class CodeForm(CodeBase):  # type: ignore[misc]
    """Field `code`: from the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code="Kode")
        self.fields["code"].help_text = "Seks siffer fra appen, eller en av reservekodene dine."

    def clean_code(self) -> str:
        """A recovery code is crossed out in the name of the person, whose password was right a moment ago."""
        with presented(reader_of(self.user, need_office())):
            return str(super().clean_code())


class CodeAgainForm(CodeAgainBase):  # type: ignore[misc]
    """Field `code`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code="Kode")


class ActivateForm(ActivateBase):  # type: ignore[misc]
    """Field `code`: the first one from the app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code="Kode fra appen")


class AddKeyForm(AddKeyBase):  # type: ignore[misc]
    """Fields `name`, `passwordless`, `credential`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, name="Navn på nøkkelen", passwordless="Bruk den også uten passord")
        self.fields["passwordless"].help_text = "Krever PIN-kode, fingeravtrykk eller ansikt på enheten."
        self.fields["name"].initial = self.initial["name"] = "Min passnøkkel"


class EditKeyForm(EditKeyBase):  # type: ignore[misc]
    """Field `name`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, name="Navn på nøkkelen")


PASSWORD_HELP = "Minst 12 tegn. Flere ord etter hverandre er lett å huske og vanskelig å gjette."  # noqa: S105


class NewPasswordForm(forms.Form):
    """The first password, or a new one through a link. Fields `password1`, `password2`."""

    password1 = forms.CharField(
        label="Nytt passord",
        strip=False,
        max_length=200,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Nytt passord en gang til",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password1(self) -> str:
        """Long enough and not among the well-known ones."""
        password = str(self.cleaned_data["password1"])
        validate_password(password, self.user)
        return password

    def clean_password2(self) -> str:
        """The same twice."""
        again = str(self.cleaned_data["password2"])
        if "password1" in self.cleaned_data and again != self.cleaned_data["password1"]:
            raise ValidationError("De to passordene er ikke like.")
        return again
