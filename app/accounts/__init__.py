"""Accounts: who comes back, by a signature. Passwords, keys and words never reach the server."""
