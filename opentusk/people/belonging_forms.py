"""Forms of having an account and leaving."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.people.consents import TEXTS
from opentusk.people.models import Consent, User, World

_UNSAID = ("", _("Preferisco non dirlo"))


class ProfileForm(forms.Form):
    """To which world one belongs, what others read, and what one agrees to; nothing is ticked before."""

    world = forms.ChoiceField(
        label=_("A quale mondo appartieni"),
        required=False,
        choices=[_UNSAID, *World.choices],
        help_text=_("Serve solo alle statistiche, che non mostrano mai gruppi piccoli."),
    )
    public_name = forms.CharField(
        label=_("Nome pubblico"),
        required=False,
        max_length=80,
        help_text=_("Compare accanto a ciò che scrivi solo se qui sotto dai il consenso."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose, (_version, text) in TEXTS.items():
            self.fields[f"consent_{purpose}"] = forms.BooleanField(label=text, required=False)  # type: ignore[arg-type]

    def consents(self) -> list[Consent.Purpose]:
        """What was ticked."""
        return [purpose for purpose in TEXTS if self.cleaned_data.get(f"consent_{purpose}")]

    @classmethod
    def initial_of(cls, user: User) -> dict[str, Any]:
        """What a person said before."""
        standing = Consent.objects.standing().filter(user=user).values_list("purpose", flat=True)
        said = {f"consent_{purpose}": True for purpose in standing}
        return {"world": user.world, "public_name": user.public_name} | said


class RegisterForm(ProfileForm):
    """An address; everything else may stay empty."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    # People do not see it and leave it empty; programs that fill in every field do not.
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("email", "world", "public_name")

    def clean_website(self) -> str:
        """Refuses what only a program fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Questo campo resta vuoto."))
        return ""


class CloseForm(forms.Form):
    """One's own address typed once more, so that nobody leaves by mistake."""

    email = forms.EmailField(label=_("Per conferma scrivi il tuo indirizzo e-mail"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """It must be the account's."""
        email: str = self.cleaned_data["email"]
        if email.strip().lower() != self.user.email:
            raise forms.ValidationError(_("Non è l'indirizzo di questo account."))
        return email
