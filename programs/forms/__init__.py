"""The forms of the project stand on these: a scoped base, fields that read what people type, and rows of a form."""
