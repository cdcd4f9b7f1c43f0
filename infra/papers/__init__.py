"""The generated parts of the privacy papers in infra/docs: `python -m infra.papers` writes them, `--check` compares.

What the code knows of itself (fields and their privacy class, roles, letters, which mechanisms stand) is read from the
code. What it cannot know (ground, time, words for people) stands in the modules beside this one, and a name that is
missing there stops the generator with the line to add.
"""
