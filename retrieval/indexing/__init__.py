"""The steps of indexing: what is news, what is furniture, who tells the same story, and the writing of a generation."""
