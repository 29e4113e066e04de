"""A spreadsheet of descriptions: its columns, its rows, and what they say of datasets."""
