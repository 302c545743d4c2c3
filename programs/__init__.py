"""What is to be done, by whose rules, and who may see what."""
