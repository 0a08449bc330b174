"""Reading figures: facts from the journal, definitions compiled to SQL, the lists behind the numbers."""
