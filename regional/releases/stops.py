"""Refusals that people can lift, told apart from others by what they are and not by their words."""

from varde.refusal import Refused


class Unsettled(Refused):
    """What has been given out is not safe, or a claim waits: two people must take it to notice before anything else."""
