"""Research: sealed rows from peers to stewards, and releases from stewards to researchers."""
