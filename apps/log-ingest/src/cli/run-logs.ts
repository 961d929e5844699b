import {
  ConfigurationError,
  loadConfiguration,
  readLogIngestSettings,
  type LogIngestSettings,
  type Variables,
} from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { openRecordStore } from '@sallyport/logging';
import { CommandError, UsageError } from './command-error';
import { readCommand, USAGE, type ReconcileCommand } from './command-line';
import { OperatorsApi } from './operators-api';
import { reconcile } from './reconcile/reconcile';
import { isClean, printReport } from './reconcile/report';
import { listDeadLetters, replay } from './replay-command';

/** Where the command writes. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * Does what `npm run logs -- …` was asked to.
 *
 * @returns the exit code: 0, 1 for a difference or a failure, 2 for wrong usage
 */
export async function runLogs(args: readonly string[], variables: Variables, { out, err }: Terminal): Promise<number> {
  try {
    return await run(args, variables, out);
  } catch (error) {
    if (error instanceof UsageError) {
      err(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    const isExpected = [CommandError, ConfigurationError, SallyportError].some((kind) => error instanceof kind);
    if (!isExpected) throw error;
    err(`${(error as Error).message}\n`);
    return 1;
  }
}

async function run(args: readonly string[], variables: Variables, out: (text: string) => void): Promise<number> {
  const command = readCommand(args);
  if (command.name === 'help') {
    out(USAGE);
    return 0;
  }
  const settings = settingsFor(command.config, variables);
  const api = new OperatorsApi(command.url, settings.masterKey);
  const print = (line: string): void => out(`${line}\n`);
  if (command.name === 'reconcile') return runReconcile(command, settings, api, print);
  if (command.name === 'replay') await replay(command, api, print);
  else await listDeadLetters(command, api, print);
  return 0;
}

async function runReconcile(
  { date, gateways, content, json }: ReconcileCommand,
  { recordStore, masterKey }: LogIngestSettings,
  logIngest: OperatorsApi,
  print: (line: string) => void,
): Promise<number> {
  const store = openRecordStore(recordStore);
  try {
    const apis = gateways.map((url) => new OperatorsApi(url, masterKey));
    const report = await reconcile({ date, content, gateways: apis, logIngest, store });
    if (json) print(JSON.stringify(report));
    else printReport(report, print);
    return isClean(report) ? 0 : 1;
  } finally {
    await store.close();
  }
}

function settingsFor(config: string | undefined, variables: Variables): LogIngestSettings {
  const { env, file } = loadConfiguration(variables, config === undefined ? [] : ['--config', config]);
  const settings = readLogIngestSettings(env, file);
  env.problems.throwIfAny();
  return settings;
}
