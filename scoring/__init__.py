"""What a number means: scores, changes and series, computed on the fly from a release."""
