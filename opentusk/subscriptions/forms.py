"""Forms of the subscriptions room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.notices.catalogue import public_families
from opentusk.notices.models import Family
from opentusk.subscriptions.models import FAMILY_BITS, PUBLIC_KINDS, Rhythm, Subscription


class FollowForm(forms.Form):
    """What to follow, and where to send the notices; the address is asked of who has no account."""

    kind = forms.ChoiceField(choices=PUBLIC_KINDS, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=1_000, widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("La tua e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Serve solo per gli avvisi: la cancelliamo quando smetti di seguire."),
    )
    rhythm = forms.ChoiceField(label=_("Quando"), choices=Rhythm.choices, initial=Rhythm.DAILY, required=False)
    # People leave it alone; programs that fill in everything give themselves away.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_account: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_account:
            del self.fields["email"]

    def clean_rhythm(self) -> str:
        """Daily, when nobody said."""
        return self.cleaned_data["rhythm"] or Rhythm.DAILY

    def is_a_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))


class TuneForm(forms.Form):
    """When, and of what."""

    rhythm = forms.ChoiceField(label=_("Quando"), choices=Rhythm.choices)
    families = forms.MultipleChoiceField(
        label=_("Di che cosa"),
        choices=public_families,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Se non ne scegli nessuno, di tutto."),
    )
    is_quiet = forms.BooleanField(label=_("Solo ciò che è importante: ritiri, e colonne che cambiano"), required=False)

    def __init__(self, *args: Any, is_work: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_work:
            self.fields["families"].choices = Family.choices  # type: ignore[attr-defined]

    def bits(self) -> int:
        """The chosen families as bits; all of them when none is chosen."""
        chosen = sum(FAMILY_BITS[name] for name in self.cleaned_data["families"])
        return chosen or sum(FAMILY_BITS.values())


def tune_form(subscription: Subscription) -> TuneForm:
    """The form of a subscription as it is."""
    chosen = [name for name, bit in FAMILY_BITS.items() if subscription.families & bit]
    return TuneForm(
        initial={"rhythm": subscription.rhythm, "families": chosen, "is_quiet": subscription.is_quiet},
        auto_id=f"id_{subscription.pk}_%s",
        is_work=subscription.is_work,
    )


class WebhookForm(forms.Form):
    """Where to send, and events of what."""

    url = forms.URLField(
        label=_("Indirizzo"),
        max_length=2_000,
        assume_scheme="https",
        help_text=_("Deve rispondere 2xx a un POST entro 15 secondi; i rimandi altrove contano come errori."),
    )
    kind = forms.ChoiceField(label=_("Eventi di"), choices=PUBLIC_KINDS)
    key = forms.CharField(
        label=_("Quale"),
        required=False,
        max_length=1_000,
        help_text=_("L'identificativo del dataset, il codice IPA dell'ente, il codice del tema; vuoto per il portale."),
    )
    is_full = forms.BooleanField(label=_("Manda tutti i fatti, non solo identificativi e indirizzi"), required=False)
