"""Reading: sources to reports."""
