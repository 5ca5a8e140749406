"""What everybody's account has in these tests."""

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "en ganska lång mening"
