/** The command was given wrong; the message says how it is given right. */
export class UsageError extends Error {}

/** The command could not be done; the message is for the person at the terminal. */
export class CommandError extends Error {}
