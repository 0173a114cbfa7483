"""`python -m spean` is `spean`."""

import sys

from spean.cli import main

sys.exit(main())
