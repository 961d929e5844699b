import { startTracing } from '@sallyport/telemetry';
import { failureText } from './failure-text';
import type { RunningApp } from './start-app';

/**
 * The whole life of a process: start, say so, wait for SIGTERM or SIGINT, stop cleanly. A second signal ends it at
 * once. Exits with code 1 when the start fails; configuration problems are printed as one message.
 *
 * @param service names the process in traces
 * @param start starts the app or apps of the process
 * @param announce writes what a person at a terminal sees when all is ready
 */
export function runMain(
  service: string,
  start: () => Promise<RunningApp>,
  announce: (app: RunningApp) => string = ({ name, url }) => `${name} is ready at ${url}`,
): void {
  startTraced(service, start).then(
    (app) => {
      process.stdout.write(`${process.stdout.isTTY ? announce(app) : readyLine(app)}\n`);
      stopOnSignal(app);
    },
    (error: unknown) => {
      process.stderr.write(`${failureText(error)}\n`);
      process.exit(1);
    },
  );
}

async function startTraced(service: string, start: () => Promise<RunningApp>): Promise<RunningApp> {
  const stopTracing = await startTracing(service);
  const app = await start();
  return {
    ...app,
    close: async () => {
      await app.close();
      await stopTracing();
    },
  };
}

function readyLine({ name, url, addresses }: RunningApp): string {
  return JSON.stringify({ event: 'ready', app: name, url, addresses });
}

function stopOnSignal(app: RunningApp): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${failureText(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
