"""Work lists with the rights of each officer, over many dossiers: `world.py` fills the tables, `run.py` asks."""
