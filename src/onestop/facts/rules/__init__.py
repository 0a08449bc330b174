"""Pure decisions about facts: which there are, the language of tests, how they are counted."""
