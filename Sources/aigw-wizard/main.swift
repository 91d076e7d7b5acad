print("aigw-wizard")
