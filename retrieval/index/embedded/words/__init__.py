"""The words of passages, their counts, and BM25."""
