"""The web application: rooms over ground. It seals nothing and opens nothing."""
