"""A second reader, off unless asked for: a language model reads what the grammar has read.

Where the two differ, the claim goes on the review list. It never writes to the ledger.
"""
