"""Whom help is for: villages, households, their members, honours and places of interest."""
