"""What is said of a question and of a finding, whatever the medium: words, sentences, dates."""
