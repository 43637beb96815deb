"""What the app needs of the world, in the app's words."""
