"""What a generation learns from its articles: marks, lines of outlets, stories told twice."""
