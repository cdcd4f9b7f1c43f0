"""Telling people that something is new, never what."""
