"""The tagger's weights, its word pieces and its table of known names; card.md describes them."""
