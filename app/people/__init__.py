"""People: the ceremony, invitations, bindings, and the signed directory that gives them their roles."""
