"""What every SQL adapter shares: connections, column types, errors, migrations. Holds no table."""
