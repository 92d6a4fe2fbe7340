"""What is done to the repository and not by the program: recording proofs, trying versions, measuring a fresh start."""
