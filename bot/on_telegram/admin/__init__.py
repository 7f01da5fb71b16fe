"""What admins do in chat: documents, reindexing, reports, notices."""
