"""Pure rules: the words of numbers, periods, and the reading of what people type."""
