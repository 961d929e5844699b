import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APPS, IMAGE_VARIABLES, readAppSettings } from './app-settings';
import { imageStages, imageVariables, readDockerfile, REPOSITORY } from './dockerfile';

const { globals, stages } = readDockerfile();
const manifest = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
  version: string;
  devDependencies: Record<string, string>;
};

const CREDENTIALS = { GATEWAY_API_KEYS: 'k', LITELLM_MASTER_KEY: 'k', FILE_SERVER_AUTH_TOKEN: 'k' };

it('builds on the Node version that the tests run on, pinned', () => {
  expect(globals).toContainEqual({
    name: 'ARG',
    text: `NODE_IMAGE=node:${manifest.devDependencies.node}-bookworm-slim`,
  });
  const aliases = stages.map(({ alias }) => alias);
  const outside = stages.map(({ base }) => base).filter((base) => !aliases.includes(base) && !base.includes('${APP}'));
  expect(new Set(outside)).toEqual(new Set(['${NODE_IMAGE}']));
});

it('installs from the lock file only, and runs no install scripts', () => {
  const commands = stages.flatMap(({ instructions }) => instructions).filter(({ name }) => name === 'RUN');
  const installs = commands.flatMap(({ text }) => text.match(/(?<![./])npm .*/) ?? []);
  expect(installs).toHaveLength(2);
  for (const command of installs) expect(command).toMatch(/^npm ci .*--ignore-scripts/);
});

it('copies files that exist and reach the build', () => {
  const ignored = readFileSync(join(REPOSITORY, '.dockerignore'), 'utf8').split('\n');
  const copies = stages.flatMap(({ instructions }) => instructions).filter(({ name }) => name === 'COPY');
  const sources = copies.flatMap(({ text }) => (text.startsWith('--from') ? [] : text.split(' ').slice(0, -1)));
  expect(sources).toContain('docker/healthcheck.js');
  for (const source of sources) {
    expect(existsSync(join(REPOSITORY, source))).toBe(true);
    if (source.startsWith('docker/')) expect(ignored).toContain(`!${source}`);
  }
  expect(ignored).toEqual(expect.arrayContaining(['.git', '**/node_modules', '**/.env']));
});

it('is labelled with the version of the product', () => {
  const texts = (stages.at(-1)?.instructions ?? []).map(({ name, text }) => `${name} ${text}`);
  expect(texts).toContain(`ARG VERSION=${manifest.version}`);
  for (const label of ['title', 'description', 'version', 'revision', 'created']) {
    expect(texts.join()).toContain(`org.opencontainers.image.${label}=`);
  }
});

describe.each(APPS)('the image of %s', (app) => {
  const instructions = imageStages(app).flatMap((stage) => stage.instructions);
  const textsOf = (wanted: string) => instructions.flatMap(({ name, text }) => (name === wanted ? [text] : []));

  it('runs the app directly, as a user without rights', () => {
    expect(textsOf('USER')).toEqual(['1000:1000']);
    expect(textsOf('WORKDIR')).toEqual(['/app/apps/${APP}']);
    expect(textsOf('CMD').map((text) => JSON.parse(text) as unknown)).toEqual([['node', 'dist/main.js']]);
    expect(textsOf('ENTRYPOINT')).toEqual([]);
  });

  it('checks its health without a shell', () => {
    expect(textsOf('HEALTHCHECK')).toHaveLength(1);
    const command = /CMD (\[.*\])$/.exec(textsOf('HEALTHCHECK')[0] ?? '')?.[1];
    expect(JSON.parse(command ?? '')).toEqual(['node', '/app/healthcheck.js', '/livez']);
  });

  it('sets only variables that the app reads, and exposes the port that it listens on', () => {
    const variables = imageVariables(app);
    const { listen, names } = readAppSettings(app, { ...CREDENTIALS, ...variables });
    expect(textsOf('EXPOSE')).toEqual([String(listen.port)]);
    expect([listen.host, variables.DATA_DIR]).toEqual(['0.0.0.0', '/data']);
    const known = [...names, ...IMAGE_VARIABLES];
    expect(Object.keys(variables).filter((name) => !known.includes(name))).toEqual([]);
    expect(Object.keys(variables).filter((name) => name.endsWith('_PORT'))).toHaveLength(1);
  });
});
