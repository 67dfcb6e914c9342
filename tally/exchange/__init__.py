"""Other people's formats: their series come in as claims, ours go out, and what is lost is told."""
