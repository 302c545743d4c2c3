"""Forms of the villages app, one module for each concept."""
