"""Notebooks and parameters in, briefings out. Knows no claims, only notebooks, blocks and files."""
