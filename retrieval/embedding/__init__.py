"""Text to vectors: the `Embedder` protocol, the bundled model, its runtimes and the cache."""
