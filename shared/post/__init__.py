"""The post office: sealed letters between offices, the only crossing in the house."""
