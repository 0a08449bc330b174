"""Pure decisions at reception: what is missing, what may be asked, what is promised."""
