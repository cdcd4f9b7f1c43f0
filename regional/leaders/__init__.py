"""The leader team: seats, rotation, meetings and decisions."""
