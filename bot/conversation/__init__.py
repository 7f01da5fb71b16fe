"""A conversation without a platform: questions and presses in, replies as values out."""
