"""The log of what is done: a closed list of events, each a leaf that can't be rewritten unseen."""
