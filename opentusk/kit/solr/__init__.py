"""The search language of CKAN's clients: the part of Solr's and Lucene's that they use, read into a small tree.

`parsing` reads queries with fields, `loose` queries of bare words, `moments` dates and their arithmetic, `sorting` the
order. What is outside the subset is refused with the reason (`errors`), so that no query is ever answered wrongly.

Where Lucene's own reading of mixed operators surprises everybody, a query means what it says: NOT binds closest, then
AND, then OR; terms that only stand beside each other must all match, and bind last. So `organization:a OR
organization:b tags:c` asks for the tag in either organization, which is what the harvesters that write it want.

Words: query, term, phrase, wildcard, range, clause, subset, refusal.
"""
