"""REDCap's dictionaries as others describe and read them. Not ours: see README.md."""
