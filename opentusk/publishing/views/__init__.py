"""The pages of the guide: beginning, its six steps, new versions, bulk runs, and what waits on the desk."""
