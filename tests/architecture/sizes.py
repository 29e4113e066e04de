"""The limits of a module, a function and a room, and the exceptions, each with its reason."""

MODULE_LINES = 400
FUNCTION_LINES = 50
ROOM_LINES = 2_500

# path from the package's root -> why it may be longer
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
LARGE_ROOMS: dict[str, str] = {
    "kit": "the workshop is many small packages, each within the limit of a room",
}
