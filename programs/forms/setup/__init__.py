"""Forms by which an office sets its program up; their fields follow what can be counted and owed."""
