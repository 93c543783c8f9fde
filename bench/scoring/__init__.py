"""One module a layer: what is read, what counts as right, and the figures that come of it."""
