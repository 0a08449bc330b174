"""Pure decisions made of figures: points, outlooks, signs of gaming, who may sign; which moments are kept."""
