"""Training of the encoder. Nothing here is imported by the package."""
