import type { RunningStandalone } from './standalone.app';
import { DEVELOPMENT_KEY } from './standalone-defaults';

/** What a person sees when everything is ready: where it is, the key, a line to try and where the record lands. */
export function banner(app: RunningStandalone, key: string | undefined): string {
  const { maskingProxy, gateway, logIngest, fileServer } = app.addresses;
  const rows = [
    ['masking proxy', maskingProxy, 'hides secrets, then calls the gateway'],
    ['gateway', gateway, `try it at ${gateway}/docs`],
    ['log ingest', logIngest, 'queue to files; /queues shows the queue'],
    ['file server', fileServer, app.logs],
  ].map(([name = '', url = '', note = '']) => `  ${name.padEnd(14)} ${url.padEnd(24)} ${note}`);
  return [
    '',
    '  Sallyport is ready',
    '',
    ...rows,
    '',
    `  key            ${key ?? 'one of GATEWAY_API_KEYS'}`,
    '',
    ...curlLine(maskingProxy, key ?? '$KEY').map((line) => `  ${line}`),
    '',
    `  Every call leaves one record in ${app.logs}. Ctrl-C stops.`,
    '',
  ].join('\n');
}

/** A call that works as it stands; its secrets never reach the upstream. */
export function curlLine(url: string, key: string): string[] {
  const content = 'Why is i-0abcd1234ef567890 slow? Ask ops@example.com';
  const body = JSON.stringify({ model: 'mock', messages: [{ role: 'user', content }] });
  return [
    `curl -s ${url}/v1/chat/completions \\`,
    `  -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\`,
    `  -d '${body}'`,
  ];
}

/** The key to show: only the well-known one for development, never one that somebody chose. */
export function shownKey(app: RunningStandalone): string | undefined {
  return app.apiKeys.some((key) => key.matches(DEVELOPMENT_KEY)) ? DEVELOPMENT_KEY : undefined;
}
