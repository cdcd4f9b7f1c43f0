"""Is it urgent, is it ours, what now, and by when?"""
