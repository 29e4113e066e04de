"""The accounts of the demonstration: one for each kind of user. They exist on demonstrations only."""

from typing import NamedTuple


class DemoAccount(NamedTuple):
    """`desk_role` as in `people.User`; `ipa_code` and `role` say for which body the account works, if any.

    `task` is what it does in the programme, at every event, as in `people.RoleGrant`. No models here: who starts the
    portal prints these before it is there.
    """

    email: str
    name: str
    desk_role: str = ""
    ipa_code: str = ""
    role: str = ""
    task: str = ""


ACCOUNTS = (
    DemoAccount("amministrazione@example.org", "Amministrazione del portale", "admin"),
    DemoAccount("redazione@example.org", "Redazione regionale", "editor"),
    DemoAccount("lecce@example.org", "Referente del Comune di Lecce", ipa_code="c_e506", role="referente"),
    DemoAccount("revisore@example.org", "Revisore del Comune di Lecce", ipa_code="c_e506", role="revisore"),
    DemoAccount("dpo@example.org", "DPO del Comune di Lecce", ipa_code="c_e506", role="dpo"),
    DemoAccount("facilitazione@example.org", "Facilitazione dei datalab", task="facilitator"),
    DemoAccount("moderazione@example.org", "Moderazione della consultazione", task="moderator"),
    DemoAccount("giuria@example.org", "Giuria dell'hackathon", task="juror"),
    DemoAccount("cittadinanza@example.org", "Persona dimostrativa"),
)
PASSWORD = "dati-dimostrativi"  # noqa: S105 - no secret: it is printed at every start of a demonstration
