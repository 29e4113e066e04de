"""Forms of the people room."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from opentusk.journal.subjects import cards_of
from opentusk.people.appointments import APPOINTED
from opentusk.people.models import ApiToken, User


class SignInForm(forms.Form):
    """E-mail address and password."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Parola d'ordine"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class LinkForm(forms.Form):
    """Where to send the one-time link."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))


class RoleForm(forms.Form):
    """Which account does what, and where."""

    email = forms.EmailField(label=_("E-mail dell'account"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Incarico"), choices=[(role.value, role.label) for role in APPOINTED], widget=forms.RadioSelect
    )
    scope = forms.ChoiceField(
        label=_("Per quale evento"),
        required=False,
        help_text=_("Solo per la facilitazione: la moderazione vale ovunque."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        events = [(card.subject, card.title) for card in cards_of("programme.event")]
        self.fields["scope"].choices = [("", _("tutti gli eventi")), *events]  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """The six figures of the second factor."""

    code = forms.RegexField(
        r"^[0-9 ]{6,8}$",
        label=_("Codice di sei cifre"),
        error_messages={"invalid": _("Scrivi le sei cifre che l'app mostra adesso.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasswordForm(forms.Form):
    """The present password and the new one."""

    present = forms.CharField(
        label=_("Parola d'ordine attuale"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password = forms.CharField(
        label=_("Nuova parola d'ordine"),
        help_text=_("Almeno 12 caratteri: una frase che ricordi va benissimo."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_present(self) -> str:
        """The present password must be right."""
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise forms.ValidationError(_("La parola d'ordine attuale non è questa."))
        return present

    def clean_password(self) -> str:
        """The new one must be strong enough."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class TokenForm(forms.Form):
    """A new key for a program."""

    name = forms.CharField(
        label=_("Nome della chiave"),
        max_length=120,
        help_text=_("Per riconoscerla: per esempio «gestionale dei tributi»."),
    )
    scope = forms.ChoiceField(label=_("Che cosa può fare"), choices=ApiToken.Scope.choices, widget=forms.RadioSelect)
    ipa_code = forms.CharField(
        label=_("Solo per questo ente"),
        required=False,
        max_length=40,
        help_text=_("Codice IPA, per esempio c_e506. Se lo lasci vuoto vale per tutti gli enti per cui lavori."),
    )
    days = forms.IntegerField(
        label=_("Giorni di validità"),
        min_value=1,
        max_value=730,
        initial=365,
        help_text=_("Alla scadenza ne crei un'altra."),
    )
