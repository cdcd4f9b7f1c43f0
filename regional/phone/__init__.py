"""Who answers the shared phone and when: rota, operators with training and declaration, and notes between shifts."""
