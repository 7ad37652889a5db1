"""Attacks that must fail: a real browser with the real client, and a server that lies. One file a lie."""
