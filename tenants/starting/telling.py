"""The bell of the letter to the region. The task that answers lies in `tasks`, which knows the actions."""

from varde.celery import Bell

HEALTH = Bell("starting.health")
