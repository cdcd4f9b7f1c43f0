"""Files from outside: recognised by content, opened only in a caged child process, shown only as a copy made anew.

The web and the workers use `reader` and `scanner`. Everything under `inside` runs in the child alone; importing it
elsewhere is refused by a test, because a parser that fails must die by itself.
"""
