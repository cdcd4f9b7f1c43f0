"""The region's reports: to Bufdir, and for the grant. Made from what has been given out and from nothing else."""
