"""Child processes with limits of time and memory, that end with their parent."""
