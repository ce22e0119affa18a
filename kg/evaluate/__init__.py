"""Judging a graph: against a gold graph (score), and fact by fact by a reader (sample)."""
