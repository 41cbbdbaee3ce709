"""What is asked and what buyers do, in words: questions, themes, kinds of action, countries."""
