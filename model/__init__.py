"""The world the actors live in: places, rules, money, emissions, the year. Knows nothing of experiments or pictures."""
