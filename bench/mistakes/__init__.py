"""What is wrong in each layer, by class: the counts behind docs/accuracy.md."""
