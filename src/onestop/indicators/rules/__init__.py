"""Pure decisions of figures: the language of definitions, the facts, figures, points."""
