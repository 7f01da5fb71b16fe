"""Archives: files of the other kinds packed into one."""
