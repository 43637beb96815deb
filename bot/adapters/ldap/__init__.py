"""What the catalogue and the register of managers share when they lie in an LDAP directory."""
