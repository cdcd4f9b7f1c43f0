"""A report as a document: the same content as page, workbook, PDF, CSV and JSON."""
