"""Tables: from the bytes somebody uploaded to typed columns, a profile, and a list of what is wrong.

The file is never changed and no row is ever dropped. All cells are read as text, from the whole file; types are
decided per column from every distinct value; a cell that does not fit becomes an exception beside its row. What could
be better is *proposed* with before and after, and applied only when a person has accepted it.

Words: dialect, header, column, semantic (what the values are: a codice fiscale, an ISTAT code), exception, problem,
proposal, examination (everything found out about one table).
"""
