"""Between a record and what a person types: what the form does not show is never lost."""
