"""What each column is: its values, the marks that mean nothing, and its type as decided from all rows.

`values` reads them, `nulls`, `booleans`, `dates` and `numbers` recognise how they are written, `decisions` chooses and
`casting` applies the choice to every row.
"""
