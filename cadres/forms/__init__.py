"""The forms of the cadres app, one module for each concept."""
