"""What comes in from outside, made harmless before anything else sees it: uploads."""
