"""An index generation on disk: store, dense vectors, lexical postings, and the swap that makes it current."""
