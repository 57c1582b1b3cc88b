"""Every sentence the council says, as neutral cards that each surface renders in its own way."""
