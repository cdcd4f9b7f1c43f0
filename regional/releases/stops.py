"""Refusals that people can lift, told apart from others by what they are and not by their words."""

from varde.refusal import Refused

OUTSIDE = "Et tall er ført inn som kjent fra andre."
UNTIL = "Ingen nye tall gis ut før to personer har tatt det til etterretning."
CLAIMED = f"{OUTSIDE} {UNTIL}"


class Unsettled(Refused):
    """What has been given out is not safe, or a claim waits: two people must take it to notice before anything else."""
