"""Pages on which an office sets its program up."""
