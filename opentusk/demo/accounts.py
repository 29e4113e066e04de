"""The accounts of the demonstration: one for each kind of user. They exist on demonstrations only."""

from typing import NamedTuple


class DemoAccount(NamedTuple):
    """`desk_role` as in `people.User`; `ipa_code` names the body the account works for, if any."""

    email: str
    name: str
    desk_role: str
    ipa_code: str


ACCOUNTS = (
    DemoAccount("amministrazione@example.org", "Amministrazione del portale", "admin", ""),
    DemoAccount("redazione@example.org", "Redazione regionale", "editor", ""),
    DemoAccount("lecce@example.org", "Referente del Comune di Lecce", "", "c_e506"),
)
PASSWORD = "dati-dimostrativi"  # noqa: S105 - no secret: it is printed at every start of a demonstration
