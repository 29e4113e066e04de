"""Queries: asking typed tables, from the words of an address to rows, facets and files.

Three grammars say the same: `column__op=value` (`rows_grammar`), `select … where … group_by` (`query_grammar`) and
guarded SQL (`sql_guard`). The first two become one tree (`tree`), compiled to SQL in which every value is a bound
parameter. Tables are Parquet read by in-memory DuckDB; the hot ones are kept compressed in memory (`engine`).

No answer is cut in silence, every order is total, and one walk sees one version. Empty cells follow SQL: they satisfy
no comparison, only `isnull`.

Words: table reference, query, condition, cursor, facet, answer, refusal (`BadQuery`, `OverBudget`).
"""
