"""Log-in at a provider that an office has chosen (OpenID Connect): Entra ID, Ansattporten, ID-porten or another."""
