"""What this room refuses besides what `kit.datastore` does."""


class DatastoreRefusal(Exception):
    """A write that is not made."""


class Contended(DatastoreRefusal):
    """Others wrote to the same store so often that this write never got its turn."""


class StoreGone(DatastoreRefusal):
    """The store was closed meanwhile."""


class AliasTaken(DatastoreRefusal):
    """The name belongs to another table."""

    def __init__(self, alias: str) -> None:
        super().__init__(alias)
        self.alias = alias
