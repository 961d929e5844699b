import {
  ConfigurationError,
  loadConfiguration,
  readLogIngestSettings,
  type LogIngestSettings,
  type RecordStoreSettings,
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
  const api = new OperatorsApi({ name: 'log ingest', option: '--url', url: command.url }, settings.masterKey);
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
    const apis = gateways.map((url) => new OperatorsApi({ name: 'the gateway', option: '--gateway', url }, masterKey));
    const report = await reconcile({ date, content, gateways: apis, logIngest, store });
    if (json) print(JSON.stringify(report));
    else printReport(report, print);
    if (!json && report.missing.length > 0 && report.in_place === 0) {
      print(`Nothing at all is in place. Is it the place of log ingest? ${settingsOf(recordStore)} say where it is.`);
    }
    return isClean(report) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof SallyportError)) throw error;
    const advice = `${settingsOf(recordStore)} must be those of log ingest, and the place must be up.`;
    throw new CommandError(`${error.message}. ${advice}`, { cause: error });
  } finally {
    await store.close();
  }
}

/** The settings that say where records stay. */
function settingsOf({ kind }: RecordStoreSettings): string {
  if (kind === 'directory') return 'LOG_WRITER, LOG_DIR and FILE_SERVER_PATH_PREFIX';
  if (kind === 's3') return 'LOG_WRITER, LOG_S3_* and FILE_SERVER_PATH_PREFIX';
  return 'LOG_WRITER, FILE_SERVER_URL, FILE_SERVER_AUTH_TOKEN and FILE_SERVER_PATH_PREFIX';
}

function settingsFor(config: string | undefined, variables: Variables): LogIngestSettings {
  const { env, file } = loadConfiguration(variables, config === undefined ? [] : ['--config', config]);
  const settings = readLogIngestSettings(env, file);
  env.problems.throwIfAny();
  return settings;
}
