"""Pages on which an office sets up charts and bulletin templates."""
