"""The second reader's network, its labels and its tokenizer; card.md says what it was made from."""
