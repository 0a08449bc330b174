"""Reading figures: definitions, the cube and the kept moments, the lists behind the numbers, what is made of them."""
