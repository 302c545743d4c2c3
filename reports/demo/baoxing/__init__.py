"""宝兴县 “领导挂点、部门包村、干部帮户”, 2010: the document's facts, and made-up rows around them that say so."""
