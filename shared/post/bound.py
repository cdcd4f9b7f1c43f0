"""Letters that a region and a kommune exchange only while they are in an agreement in force.

The database refuses the others (`post_bound`, migration 0005); the two lists are held together by a test. What answers
a letter that was sent before the end is not here, and neither is what an agreement is made and ended by.
"""

BOUND = frozenset({"ConcernHandover", "Return", "SystemMatter", "TemplateOffer"})
