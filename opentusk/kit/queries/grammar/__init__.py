"""The pieces of both grammars: values as they are written, conditions, lists and parentheses, expressions, pages.

The entrances are `kit.queries.rows_grammar` and `kit.queries.query_grammar`.
"""
