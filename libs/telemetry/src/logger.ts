import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * A logger that writes one JSON object per line, with the keys `timestamp`, `level`, `message` and `logger`.
 * Log lines carry an explicit list of fields; never pass a request, a reply or an error's cause to it.
 *
 * @param name value of the `logger` key, the name of the app
 * @param level least severe level that is written
 * @param destination where lines go, standard output by default
 */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { logger: name },
      messageKey: 'message',
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      errorKey: 'exc_info',
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

/** Name, message and stack of an error; causes are left out because they may quote a payload. */
function describeError(error: Error): Record<string, unknown> {
  return { name: error.name, message: error.message, stack: error.stack };
}
