"""Web services of a body's own systems: read page by page, mapped to the columns of a table, checked for conformance.

Plain Python: whoever calls brings the function that asks for an address, so that the same code runs behind the
portal's guarded client, in a supplier's terminal and in tests.

Words: service, page, field (a dotted path in a row of the answer), mapping (field → column), check.
"""
