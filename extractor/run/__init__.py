"""The same work with more hands: inputs in, an output folder out, by one process or many, here or on a cluster."""
