"""What everybody may know of the offices: names, numbers, domains, phones, hours, regions and hosts."""
