"""The spreadsheet of bulk publishing: its columns, the template, its rows, and what each row would do."""
