"""Which service answers the phone of each kommune at each time, on which number, and with which words."""
