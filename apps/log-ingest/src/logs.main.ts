import { runLogs } from './cli/run-logs';

const terminal = {
  out: (text: string): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
};

runLogs(process.argv.slice(2), process.env, terminal).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    terminal.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
