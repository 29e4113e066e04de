"""The pages and answers of the CKAN door."""
