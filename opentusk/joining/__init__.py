"""How a body joins the portal: the agreement, the request with its steps and acts, closing and opening a body.

A request to join (`Accreditation`) walks the table of `machine` from its confirmation by e-mail to the day the body
may publish; what each step needs is in `steps`, its documents are kept privately by `store`. The desk's console is
here too.

Words: accreditation (adesione), act (atto), scheme (schema di adesione), obligation (impegno), agreement (accordo).
Events: `joining.*` (see `events.py`); `bodies.agent_joined`, `…_suspended`, `…_reactivated`, `…_ended`.
"""
