import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@sallyport/telemetry';

/** Sends what the framework has to say to the app's own log, its start-up chatter at `debug`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...parameters: unknown[]): void {
    this.logger.debug({ context: contextOf(parameters) }, String(message));
  }

  warn(message: unknown, ...parameters: unknown[]): void {
    this.logger.warn({ context: contextOf(parameters) }, String(message));
  }

  error(message: unknown, ...parameters: unknown[]): void {
    this.logger.error({ context: contextOf(parameters) }, String(message));
  }
}

function contextOf(parameters: readonly unknown[]): string | undefined {
  const last = parameters.at(-1);
  return typeof last === 'string' ? last : undefined;
}
