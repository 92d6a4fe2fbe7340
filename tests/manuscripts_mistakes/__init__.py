"""Labs as students write them, our own writing: many structures that must not alarm, and one mistake at a time."""
