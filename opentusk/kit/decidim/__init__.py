"""What a Decidim instance gives out, read without keeping anybody's name.

Exports of a component or of the whole instance (CSV in the layouts of all versions, ZIP, JSON) and answers of its
GraphQL interface become the shapes of `shapes.py`. Columns with names of people are left behind while reading.

Words: proposal, remote comment, meeting, result, export.
"""
