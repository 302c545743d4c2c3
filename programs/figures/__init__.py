"""The one engine behind every number: what is owed, what is counted, in which words, and the rows behind it."""
