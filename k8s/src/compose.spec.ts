import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { APPS, readAppSettings } from './app-settings';
import { imageVariables, REPOSITORY } from './dockerfile';

interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly args: { readonly APP: string } };
  readonly user: string;
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck: { readonly test: readonly string[] };
  readonly mem_limit: string;
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly stop_grace_period: string;
  readonly volumes?: readonly string[];
}

interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, null>>;
}

const folder = join(REPOSITORY, 'docker');
const source = readFileSync(join(folder, 'compose.yaml'), 'utf8');
const { services, networks, volumes } = parse(source, { merge: true }) as ComposeFile;
const example = new Map(
  readFileSync(join(folder, '.env.example'), 'utf8')
    .split('\n')
    .filter((line) => /^\w+=/.test(line))
    .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
);
const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { version: string };

/** Fills `${NAME}`, `${NAME:-default}`, `${NAME-default}` and `${NAME:?message}` as Compose does. */
function interpolate(text: string, given: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\{(\w+)(?:(:?[-?])([^}]*))?\}/g, (_all, name: string, operator?: string, rest?: string) => {
    const value = given.get(name);
    if (value !== undefined && (value !== '' || !operator?.startsWith(':'))) return value;
    if (operator?.endsWith('?')) throw new RangeError(`${name}: ${rest}`);
    return rest ?? '';
  });
}

const environmentOf = (name: string, given: ReadonlyMap<string, string>) =>
  Object.fromEntries(
    Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [key, interpolate(value, given)]),
  );

it('runs the four apps and Redis', () => {
  expect(Object.keys(services).sort()).toEqual([...APPS, 'redis'].sort());
});

describe.each(Object.entries(services))('%s', (name, service) => {
  it('can do nothing but its work', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      user: name === 'redis' ? '999:999' : '1000:1000',
    });
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
  });

  it('starts after the services that it needs are healthy', () => {
    expect(service.healthcheck.test[0]).toBe('CMD');
    expect(Object.keys(service.depends_on ?? {}).filter((dependency) => !(dependency in services))).toEqual([]);
    const conditions = Object.values(service.depends_on ?? {}).map(({ condition }) => condition);
    expect(conditions.filter((condition) => condition !== 'service_healthy')).toEqual([]);
  });

  it('is reached from this machine only', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('uses volumes, files and networks that exist', () => {
    for (const volume of service.volumes ?? []) {
      const [from = ''] = volume.split(':');
      expect(from.startsWith('.') ? existsSync(join(folder, from)) : from in volumes).toBe(true);
    }
    for (const network of service.networks) expect(Object.keys(networks)).toContain(network);
  });

  it('runs a pinned image', () => {
    if (service.build === undefined) expect(service.image).toMatch(/:\d+\.\d+\.\d+/);
    else expect(service.image).toBe(`sallyport/${name}:${version}`);
  });
});

describe('health gates', () => {
  const needs = (name: string) => Object.keys(services[name]?.depends_on ?? {}).sort();

  it('follow the way of a request and of its record', () => {
    expect(needs('gateway')).toEqual(['redis']);
    expect(needs('masking-proxy')).toEqual(['gateway']);
    expect(needs('log-ingest')).toEqual(['file-server', 'redis']);
  });

  it('wait until an app is ready, not only alive', () => {
    for (const app of APPS) {
      expect(services[app]?.healthcheck.test).toEqual(['CMD', 'node', '/app/healthcheck.js', '/readyz']);
    }
  });

  it('lie on networks where both ends meet', () => {
    for (const [name, { networks: own }] of Object.entries(services)) {
      for (const dependency of needs(name)) {
        expect(own.some((network) => services[dependency]?.networks.includes(network))).toBe(true);
      }
    }
    expect(networks.back?.internal).toBe(true);
    expect(services.redis?.networks).toEqual(['back']);
  });
});

describe.each(APPS)('the settings of %s', (app) => {
  const service = services[app];

  it('are accepted and all read, as .env.example has them', () => {
    const variables = environmentOf(app, example);
    const { listen, names } = readAppSettings(app, { ...imageVariables(app), ...variables });
    expect(Object.keys(variables).filter((name) => !names.includes(name))).toEqual([]);
    const grace = Number(/^(\d+)s$/.exec(service?.stop_grace_period ?? '')?.[1]);
    expect(grace * 1000).toBeGreaterThan(listen.drainMs);
    for (const port of service?.ports ?? []) expect(port).toBe(`127.0.0.1:${listen.port}:${listen.port}`);
  });

  it('are built into the image of this app', () => {
    expect(service?.build).toEqual({ context: '..', dockerfile: 'docker/Dockerfile', args: { APP: app } });
  });

  it('have no default for a secret', () => {
    expect(() => environmentOf(app, new Map())).toThrow('run docker/create-env.sh first');
  });
});

it('documents every variable in .env.example, and no other', () => {
  const used = [...source.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
  expect([...new Set(used)].sort()).toEqual([...example.keys()].sort());
});

it('keeps no secret in .env.example', () => {
  const required = [...source.matchAll(/\$\{(\w+):\?/g)].map(([, name = '']) => name);
  for (const name of required) expect([name, example.get(name)]).toEqual([name, 'generate-me']);
});
