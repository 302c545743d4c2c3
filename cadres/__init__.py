"""Who helps, and what they did."""
