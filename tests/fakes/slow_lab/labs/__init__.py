"""A lab whose unit never gets built."""
