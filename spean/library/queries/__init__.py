"""What pages show of the library: `showing` makes a fact ready, `pages` are the public ones, `facts` those of the desk."""
