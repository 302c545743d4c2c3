"""招远市, spring and summer of 2015: the rows behind 第 2 期 of its bulletin."""
