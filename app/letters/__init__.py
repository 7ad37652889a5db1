"""Letters: one-shot sealed messages between people outside a case. The server delivers and opens nothing."""
