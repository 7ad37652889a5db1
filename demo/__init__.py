"""A fictional organisation, told over HTTP with the Python half of the protocol as its client."""
