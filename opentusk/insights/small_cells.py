"""Tables that name nobody: small cells are not shown, nor can they be had by subtraction from what is shown."""

from collections.abc import Mapping, Sequence

# Of fewer people than this, crossed with something else, a number could say who they are.
SMALLEST_CELL = 5
# The column of the sums of the rows, which may be small as well.
TOTAL = "∑"

Cell = tuple[str, str]
Shown = dict[Cell, int | None]


def suppress(cells: Mapping[Cell, int], rows: Sequence[str], columns: Sequence[str]) -> Shown:
    """The cells that may be shown beside the sums of the columns, and the sum of each row under `TOTAL`; else None.

    A line in which a hidden cell could be had from the others loses its smallest shown cell too, until none can.
    """
    numbers = {(row, column): cells.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        numbers[row, TOTAL] = sum(numbers[row, column] for column in columns)
    shown: Shown = {cell: number if number >= SMALLEST_CELL else None for cell, number in numbers.items()}
    lines = [[(row, column) for column in (*columns, TOTAL)] for row in rows]
    lines += [[(row, column) for row in rows] for column in (*columns, TOTAL)]
    while weak := next((line for line in lines if _tells(line, numbers, shown)), None):
        visible = [cell for cell in weak if shown[cell] is not None]
        shown[min(visible, key=lambda cell: (numbers[cell], cell))] = None
    return shown


def _tells(line: Sequence[Cell], numbers: Mapping[Cell, int], shown: Shown) -> bool:
    """Whether hidden cells of a line could be had, or nearly, from the others, while something can still be hidden."""
    hidden = [cell for cell in line if shown[cell] is None]
    if not hidden or len(hidden) == len(line):
        return False
    has_hidden_total = line[-1][1] == TOTAL and line[-1] in hidden and line[0][1] != TOTAL
    return len(hidden) == 1 or (not has_hidden_total and sum(numbers[cell] for cell in hidden) < SMALLEST_CELL)
