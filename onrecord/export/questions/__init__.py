"""Questions to a record, and their answers as rows that end in where their words stand."""
