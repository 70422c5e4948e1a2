"""Ralph's own server, run by Ralph's own environment: `python record_store_run.py PORT`."""

import sys

import uvicorn
from ralph.backends.data.base import BaseOperationType
from ralph.backends.data.fs import FSDataBackend

# Its file backend would refuse every POST but the first; what it should do is read when its app is imported.
FSDataBackend.default_operation_type = BaseOperationType.APPEND

uvicorn.run("ralph.api:app", host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
