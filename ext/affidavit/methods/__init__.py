"""Deployment methods: reading what cards declare, and the rules that their stages obey. Pure."""
