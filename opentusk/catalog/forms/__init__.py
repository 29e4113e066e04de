"""The forms of the editor's desk: fields that read what clerks type, pickers of the vocabularies, record in and out."""
