"""From a question to a verdict: binding, the worker that runs hooks, the judge, and evidence kept."""
