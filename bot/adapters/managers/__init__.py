"""Sources of the register of managers; none knows another."""
