"""What only a real browser can prove: accessibility, small screens, life without JavaScript, the keyboard."""
