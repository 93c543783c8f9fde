"""What onrecord is measured with: figures on development data, against pinned floors."""
