"""The desk: the queue of cards, who looks after which, and how far each has come."""
