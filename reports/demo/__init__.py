"""Demonstration programs: deterministic builders that make their rows through the app's own actions."""
