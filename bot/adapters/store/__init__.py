"""The memory in SQL: SQLite embedded, PostgreSQL for offices that run one."""
