"""Tables that programs write row by row, and CKAN's DataStore over every public table.

Rows come in batches, are kept in order, and a table of the catalogue is made of them; reading goes to the tables of
the portal, whoever made them.

Words: store, batch, record, key.
"""
