import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { ConfigurationProblems } from '../configuration-error';
import { Environment, type Variables } from '../environment/environment';
import { configFileSchema, type ConfigFile } from './config-file.schema';

/** Where settings come from: variables, and the configuration file when one was named. */
export interface Configuration {
  readonly env: Environment;
  readonly file: ConfigFile | undefined;
}

const REFERENCE = 'os.environ/';

/**
 * Reads the file named by `--config` or `CONFIG_FILE_PATH`. Its `environment_variables` count as environment
 * variables, and any string `os.environ/NAME` stands for that variable; one that is not set reads as if the key were
 * absent. Mistakes are listed in `env.problems`.
 *
 * @param args arguments of the process, without the interpreter and the script
 */
export function loadConfiguration(variables: Variables, args: readonly string[] = []): Configuration {
  const problems = new ConfigurationProblems();
  const path = configPath(args, problems) ?? new Environment(variables, problems).text('CONFIG_FILE_PATH');
  const raw = path === undefined ? undefined : readYaml(path, problems);
  const own = (raw as { environment_variables?: unknown } | undefined)?.environment_variables;
  const env = new Environment({ ...variables, ...textsOf(own, new Environment(variables, problems)) }, problems);
  if (raw === undefined) return { env, file: undefined };
  const result = configFileSchema.safeParse(resolveReferences(raw, env));
  if (result.success) return { env, file: result.data };
  for (const issue of result.error.issues) problems.add(`${path}: ${issue.path.join('.')}`, issue.message);
  return { env, file: undefined };
}

/** The path behind `--config`; there are no other arguments, so a slip of the pen must not pass for one. */
function configPath(args: readonly string[], problems: ConfigurationProblems): string | undefined {
  let path: string | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const [name = '', inline] = args[at]?.split(/=(.*)/s, 2) ?? [];
    if (name !== '--config') {
      problems.add(name.startsWith('--') ? name : `argument ${at + 1}`, 'is not known; there is only --config FILE');
      return path;
    }
    path = inline ?? args[(at += 1)];
    if (!path) problems.add('--config', 'must be followed by the path of a file');
  }
  return path;
}

function readYaml(path: string, problems: ConfigurationProblems): unknown {
  try {
    return parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    // Only the place is told: the parser's message quotes the line, which may hold a key.
    const place = error instanceof YAMLParseError ? `is not valid YAML (line ${error.linePos?.[0].line ?? '?'})` : '';
    problems.add(path, place || `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
    return undefined;
  }
}

/** `environment_variables` of the file; one without a value leaves that of the process as it is. */
function textsOf(own: unknown, env: Environment): Variables {
  const texts: Record<string, string> = {};
  const isMap = typeof own === 'object' && !Array.isArray(own);
  if (own !== undefined && !isMap) env.problems.add('environment_variables', 'must be names with values');
  for (const [name, value] of isMap ? Object.entries(own ?? {}) : []) {
    const resolved = resolveReferences(value, env);
    if (resolved === undefined || resolved === null) continue;
    if (typeof resolved !== 'string' && typeof resolved !== 'number' && typeof resolved !== 'boolean') {
      env.problems.add(`environment_variables.${name}`, 'must be a single value');
    } else if (String(resolved).trim() !== '') texts[name] = String(resolved);
  }
  return texts;
}

function resolveReferences(value: unknown, env: Environment): unknown {
  if (typeof value === 'string') {
    return value.startsWith(REFERENCE) ? env.text(value.slice(REFERENCE.length)) : value;
  }
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveReferences(item, env)]));
}
