"""All that a person sees: sentences, screens, prompts. Nothing here decides anything."""
