"""What every answer says about the devices of its reader: nothing may be asked for."""

POLICY = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
