"""The doors of the files room: reading files, and giving them."""
