"""The bridge between a region's Asterisk and Varde: announces calls, rings whoever answers, and keeps no number.

Runs beside Asterisk, at the region's telephone supplier. Needs this folder, `phonenumbers`, `urllib3` and `websockets`;
neither Django nor a database. Started by `python -m infra.telephony --config FILE` (see infra/docs/telefoni.md).
"""
