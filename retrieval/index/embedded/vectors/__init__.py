"""Vectors of passages and sentences, and the nearest ones."""
