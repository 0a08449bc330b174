"""Rating dossiers; filing, handling and answering petitions."""
