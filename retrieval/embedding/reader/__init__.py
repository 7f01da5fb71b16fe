"""A small network that reads a question and a passage together: whether the passage answers, and in which sentence."""
