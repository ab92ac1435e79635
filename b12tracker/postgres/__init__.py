"""The embedded PostgreSQL server, and the checks of any server."""
