"""What a question is, how well a passage matches it, and whether the collection answers it at all."""
