import { appRoutes } from '@bull-board/api/dist/routes.js';
import { checkBoardRequest } from './board-access';

const HOST = 'ingest.example:8081';
const RETRY = '/api/queues/:queueName/:jobId/retry';

/** Every route of Bull Board, so that one that a new version adds is met here. */
const ROUTES = [appRoutes.entryPoint, ...appRoutes.api].flatMap(({ method, route }) =>
  [route].flat().flatMap((path) => [method].flat().map((verb) => [verb.toUpperCase(), path] as const)),
);

function isAllowed(method: string, route: string, readOnly: boolean, headers: Record<string, string> = {}): boolean {
  try {
    checkBoardRequest({ method, headers: { host: HOST, ...headers } }, route, readOnly);
    return true;
  } catch {
    return false;
  }
}

describe(checkBoardRequest.name, () => {
  it('opens what the page needs to show queues', () => {
    for (const [method, route] of ROUTES) {
      if (method === 'GET') expect([route, isAllowed(method, route, true)]).toEqual([route, !route.endsWith('/flow')]);
    }
  });

  it('refuses every action while it is read-only', () => {
    for (const [method, route] of ROUTES) {
      if (method !== 'GET') expect([method, route, isAllowed(method, route, true)]).toEqual([method, route, false]);
    }
  });

  it('never does what may lose or change a record', () => {
    const open = ROUTES.filter(([method, route]) => method !== 'GET' && isAllowed(method, route, false));
    const actions = new Set(open.map(([, route]) => route.split('/:').at(0) + '/' + route.split('/').at(-1)));
    expect(open.every(([method]) => method === 'PUT')).toBe(true);
    expect([...actions].join(' ')).not.toMatch(
      /clean|empty|obliterate|remove|add|update|delay|priority|rate|concurrency/,
    );
    expect(open.length).toBe(8);
  });

  it('acts for its own page and for clients that are no browser', () => {
    expect(isAllowed('PUT', RETRY, false)).toBe(true);
    expect(isAllowed('PUT', RETRY, false, { origin: `https://${HOST}`, 'sec-fetch-site': 'same-origin' })).toBe(true);
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `https://${HOST}`, 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'none' },
  ])('does not act for another site: %j', (headers) => {
    expect(isAllowed('PUT', RETRY, false, headers)).toBe(false);
  });
});
