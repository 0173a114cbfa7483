"""The pages of the desk: today, concerns, issues, reports. Each asks a query or calls one operation."""
