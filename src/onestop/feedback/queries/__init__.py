"""Reading what people said."""
