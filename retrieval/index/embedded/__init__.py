"""The embedded index: generations in a data folder, SQLite, faiss and postings. The implementation of `Index`."""
