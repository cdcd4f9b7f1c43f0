"""What a kommune sends to its region: counts only."""
