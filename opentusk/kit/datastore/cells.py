"""How values are written as texts in SQL."""

NARROW = "DECIMAL(18,6)"


def decimal_sql(cell: str) -> str:
    """A decimal without the zeros that only the column's width asks for.

    Numbers of eight bytes are written several times faster than those of sixteen, and most decimals are small.
    """
    narrow = f"TRY_CAST({cell} AS {NARROW})"
    text = f"CASE WHEN {cell} = {narrow} THEN {narrow}::VARCHAR ELSE {cell}::VARCHAR END"
    return f"CASE WHEN contains({text}, '.') THEN rtrim(rtrim({text}, '0'), '.') ELSE {text} END"


def literal(text: str) -> str:
    """A text of ours as SQL writes it."""
    return "'{}'".format(text.replace("'", "''"))
