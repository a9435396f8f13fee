"""What each message means and what to do about it, one module a room; `model.codes` makes one list of them."""
