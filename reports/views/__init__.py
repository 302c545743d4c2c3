"""Pages of the reports app, one module for each concern."""
