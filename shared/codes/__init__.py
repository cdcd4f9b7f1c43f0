"""Code lists, forms and legal references: versioned files under `data/`, read once, never hard-coded."""
