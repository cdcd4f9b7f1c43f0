"""Chosen by DJANGO_SETTINGS_MODULE: demo, test or production."""
