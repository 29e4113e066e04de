"""What the workshop refuses: input that cannot be read at all."""


class Unreadable(Exception):
    """The input is not the format it should be, so nothing can be said about its content.

    `reason` is a code of `kit.messages` (its Italian sentence says the way out); `detail` quotes the parser
    or the place, for the person who has to mend the file.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
