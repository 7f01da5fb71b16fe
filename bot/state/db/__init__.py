"""The database below the state: schema, migrations, connections, commits."""
