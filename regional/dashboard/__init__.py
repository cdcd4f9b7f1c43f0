"""The region's figures as people, files and machines see them: from releases and from nothing else. Owns no table."""
