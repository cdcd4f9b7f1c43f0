"""Ringing for the task that tells leaders; the task itself reads what is new."""

from varde.celery import Bell

tell_leaders = Bell("joined.tell_leaders")
