"""Moving in from a CKAN: a whole portal copied through its API, so that its addresses go on working here.

Organizations become bodies, users accounts without a password, packages datasets with their files, dictionaries and
followers. Names and numbers stay. Every *thing* has a row that says how far it is: a copy that was interrupted, or that
had to wait for files to be examined, goes on where it was when it is run again.

Words: site (the CKAN that is left), thing, state, phase, report.
"""
