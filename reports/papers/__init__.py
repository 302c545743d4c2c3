"""Papers printed from the records: cards, handbooks, boards, booklets; their texts are configuration of the program."""
