"""The doors for programs: rows, descriptions, files, SQL."""
