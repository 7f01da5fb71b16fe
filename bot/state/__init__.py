"""What the bot remembers, in SQLite or PostgreSQL; `state.State` opens it all.

Modules are named after what they keep. `database` runs transactions, `opening` and `migrating` make it ready.
"""
