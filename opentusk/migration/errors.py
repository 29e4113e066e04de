"""What stops a copy, or one thing of it."""


class SiteFault(Exception):
    """The CKAN that is left did not answer a question. `status` is 0 when nothing came at all."""

    def __init__(self, action: str, detail: str, status: int = 0) -> None:
        super().__init__(f"{action}: {detail}")
        self.action = action
        self.detail = detail
        self.status = status


class CannotCopy(Exception):
    """One thing cannot be copied; the sentence names it and the way out."""


class MustWait(Exception):
    """One thing cannot be finished now: a later run can."""


class LeftOut(Exception):
    """One thing has no place here, and no later run will change that."""
