"""What is kept of figures: columnar facts written out of the journal, and the cube."""
