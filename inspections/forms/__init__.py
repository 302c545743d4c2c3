"""Forms of inspections: rounds with their groups, an inspection with all it found, and what becomes of problems."""
