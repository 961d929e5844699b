import { DeploymentOptions, Secret } from '@sallyport/config';
import type { Endpoint } from '@sallyport/dialects';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEDROCK_VARIABLES } from './ai-sdk/bedrock.provider';
import { COHERE_VARIABLES } from './ai-sdk/cohere.provider';
import { VERTEX_VARIABLES } from './ai-sdk/vertex.provider';
import { AZURE_ENDPOINTS } from './azure/azure.provider';
import { createDeploymentProvider } from './create-provider';
import { ANTHROPIC_PATHS, OPENAI_PATHS } from './endpoint-paths';
import { MOCK_ENDPOINTS } from './mock/mock-endpoints';
import type { OpenAiCompatibleVendor } from './openai-compatible/vendor';
import { OPENAI_COMPATIBLE_VENDORS } from './openai-compatible/vendors';

const PAGE = join(__dirname, '../../../docs/providers.md');

const code = (text: string): string => `\`${text}\``;
const listOf = (items: readonly string[] = []): string => items.map(code).join(', ') || 'none';

/** A Markdown table in the form that the formatter gives it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}

function vendorRow(row: OpenAiCompatibleVendor): string[] {
  return [
    listOf([row.prefix, ...(row.aliases ?? [])]),
    row.title,
    row.apiBase === undefined ? 'the operator’s own' : code(row.apiBase),
    listOf(row.baseVariables),
    listOf(row.keyVariables),
    listOf(row.endpoints.map(shortName)),
    differences(row).join('; ') || 'no',
  ];
}

function differences({ traits = {}, headers = [], barePath }: OpenAiCompatibleVendor): string[] {
  return [
    ...(traits.tokenLimitField === undefined ? [] : [code(traits.tokenLimitField)]),
    ...(traits.takesTopK ? ['takes `top_k`'] : []),
    ...(traits.takesStreamOptions === false ? ['no `stream_options`'] : []),
    ...(traits.reasoningField === undefined ? [] : [`reasoning in ${code(traits.reasoningField)}`]),
    ...(barePath === undefined ? [] : [`${code(barePath)} is put behind a bare address`]),
    ...headers.map(({ name, variable, option }) => {
      const sources = [...(option === undefined ? [] : [option]), variable];
      return `${code(name)} from ${sources.map(code).join(' or ')}`;
    }),
  ];
}

function shortName(endpoint: Endpoint): string {
  return endpoint.replace(/^openai-/, '');
}

const serves = (endpoints: readonly Endpoint[]): string => table(['serves'], [[listOf(endpoints.map(shortName))]]);

const TABLES: Readonly<Record<string, string>> = {
  endpoints: table(
    ['name', 'path behind the address'],
    (Object.keys(OPENAI_PATHS) as Endpoint[]).map((name) => {
      const [openai, anthropic] = [OPENAI_PATHS[name], ANTHROPIC_PATHS[name]];
      const other = anthropic === undefined ? '' : `; with the prefix \`anthropic\` ${code(anthropic)}`;
      return [code(name), code(openai) + other];
    }),
  ),
  vendors: table(
    ['prefix', 'vendor', 'address', 'address from', 'key from', 'serves, `openai-` left out', 'differs'],
    OPENAI_COMPATIBLE_VENDORS.map(vendorRow),
  ),
  azure: serves(AZURE_ENDPOINTS),
  mock: serves(Object.keys(MOCK_ENDPOINTS) as Endpoint[]),
};

function withTables(page: string): string {
  return page.replace(
    /(<!-- table: (\w+) -->\n)[^]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => `${start}\n${TABLES[name] ?? `no table "${name}"`}\n\n${end}`,
  );
}

/** Providers that are no row of the table, and can be made without more than a key. */
const OWN_SECTION = ['anthropic', 'azure', 'azure_ai', 'cohere', 'laas'];

describe('docs/providers.md', () => {
  const page = readFileSync(PAGE, 'utf8');
  const current = withTables(page);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, current);

  it('is up to date; UPDATE_DOCS=1 writes its tables anew', () => {
    expect(page).toBe(current);
  });

  it.each(Object.keys(TABLES))('has the table of %s', (name) => {
    expect(page).toContain(`<!-- table: ${name} -->`);
  });

  it('names every variable of the providers that need credentials', () => {
    const variables = [BEDROCK_VARIABLES, COHERE_VARIABLES, VERTEX_VARIABLES].flatMap((names) =>
      Object.values<string | readonly string[]>(names),
    );
    expect(variables.flat().filter((name) => !page.includes(code(name)))).toEqual([]);
  });

  it.each(OWN_SECTION)('names every variable and setting that %s reads', (provider) => {
    const read = new Set<string>();
    const text = (name: string): undefined => void read.add(name);
    const secret = (name: string): Secret => {
      read.add(name);
      return new Secret('key');
    };
    const options = new DeploymentOptions({});
    jest.spyOn(options, 'text').mockImplementation(text);
    jest.spyOn(options, 'secret').mockImplementation(text);
    const deployment = {
      ...{ group: 'g', id: 'i', provider, model: 'm', apiBase: 'http://host', apiKey: undefined, options },
      ...{ extraHeaders: {}, endpoints: undefined, chatOnly: false, dropParams: false, dropFields: [] },
      ...{ defaultMaxTokens: 1, timeoutMs: undefined, streamTimeoutMs: undefined, onClientAbort: undefined },
      ...{ prices: undefined, info: {}, params: {}, where: 'w' },
    };
    const http = { send: () => Promise.reject(new Error('not sent')) };
    createDeploymentProvider(deployment, { env: { text, secret }, http });
    expect(read.size).toBeGreaterThan(0);
    expect([...read].filter((name) => !page.includes(code(name)))).toEqual([]);
    expect(page).toContain(code(provider));
  });
});
