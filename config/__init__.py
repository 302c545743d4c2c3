"""The Django project: settings, addresses, the embedded database and the processes around it."""
