"""What dashboards and homes show, put together from the engine; views only render it."""
