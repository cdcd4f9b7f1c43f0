"""The public schema: what every kommune and region shares. Nothing here is personal data that can be read."""
