"""The investment question, as pages, documents and terminal show it."""
