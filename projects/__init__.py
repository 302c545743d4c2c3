"""What is being built or paid for."""
