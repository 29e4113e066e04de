"""What a password must be, in the portal's own words."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's rule; its sentence has no Italian in Django's own catalogue."""

    def get_error_message(self) -> str:
        """Why a password is refused."""
        return _("La parola d'ordine è troppo corta: servono almeno %(count)d caratteri.") % {"count": self.min_length}
