"""The operative team: its people, services and rota."""
