"""How well whole reports and incidents are read."""
