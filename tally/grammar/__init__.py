"""What the words mean, as named rules over typed marks. Knows vocabulary and text, no files."""
