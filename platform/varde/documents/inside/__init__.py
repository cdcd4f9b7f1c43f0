"""What runs in the child process alone. No Django, no office, no key, no file system, no network."""
