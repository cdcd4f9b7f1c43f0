"""The shared phone: take down the first call, find the kommune, send it on."""
