"""After the phone has sent it: what came back to the wrong place, what waits too long, and whether the way works."""
