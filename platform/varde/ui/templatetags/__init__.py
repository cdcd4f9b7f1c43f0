"""Template tag libraries of varde.ui."""
