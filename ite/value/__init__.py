"""What benefit is worth: patients to treat, life in full health, money, and what more knowledge would be worth."""
