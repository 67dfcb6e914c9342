"""Briefings that appear by themselves: what is due, made, checked, published and told.

Knows no claims: it collects documents, has the ledger rebuilt, and has notebooks rendered.
"""
