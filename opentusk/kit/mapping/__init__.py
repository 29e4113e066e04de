"""Other catalogues' JSON to records and back: CKAN packages in all their dialects, and the American data.json.

A mapping copies; it repairs nothing. What it does translate is the source's own correct spelling: where
ckanext-dcatapit asks for the code `ANNUAL` or the date `31-12-2025`, the record gets the IRI and the ISO date, and
nobody is told of a fault. Anything else stays as it was written, for `kit.harmonise` to mend and report.
"""
