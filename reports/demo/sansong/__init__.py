"""县水保局 三送, 2011: a work team of five from two units in one village."""
