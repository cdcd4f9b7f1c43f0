"""The numbers that stand first on every public page, as the page frame takes them."""

from shared.codes.emergency import EmergencyNumber, emergency_numbers

EMERGENCY: tuple[EmergencyNumber, ...] = emergency_numbers()
