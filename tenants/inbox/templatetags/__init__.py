"""Tags of this room for the pages of later rooms."""
