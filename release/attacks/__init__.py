"""What somebody might try with a release and those before it. Reads written files only; knows nothing of the search."""
