"""How pages look and speak: templates, forms, tags, small charts. Knows no report and no case."""
