"""Reading dossiers, with row rights applied in every list."""
