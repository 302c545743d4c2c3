"""What was checked, found and put right; what it scored."""
