"""What each row may be to whom: every field says whether it is personal, free text or safe."""
