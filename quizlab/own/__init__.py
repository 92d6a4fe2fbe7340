"""The student's own code: found, loaded without running it, adapted to the faces that hooks see, and judged apart."""
