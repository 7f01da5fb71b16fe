"""Where articles come from: files, folders, archives and addresses, each read into an article without its furniture."""
