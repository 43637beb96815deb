"""Documents for holders, managers and auditors: the lathund, letters, reports. Decides nothing."""
