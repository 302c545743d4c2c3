"""Bulletins: live figures put into a text, the paper made of it, and what is kept of it for ever."""
