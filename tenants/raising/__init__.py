"""System matters that the team raises to the leader team."""
