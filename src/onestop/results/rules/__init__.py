"""Pure decisions about what was issued: why it may be revoked, and how that is published."""
