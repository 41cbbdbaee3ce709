"""The cascade: what followed after actions, estimated from the cells of a release and kept beside it."""
