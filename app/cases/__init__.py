"""Cases: one chain of entries each, read by the members of its roster in force and by nobody else."""
