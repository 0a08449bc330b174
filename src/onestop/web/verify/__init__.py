"""The page /xac-minh/ (xác minh): does this result hold? Answered for everybody, in words."""
