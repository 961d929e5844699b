import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPS, IMAGE_VARIABLES, readAppSettings, settingName, type App } from './app-settings';
import { imageVariables, REPOSITORY } from './dockerfile';
import { K8S_FOLDER, readKustomization, type Kustomization } from './kustomization';
import { isService, isWorkload, type PodSpec } from './manifest';

const SECRETS_MOUNT = '/run/secrets/sallyport';

function podOf(app: string, { manifests }: Kustomization): PodSpec {
  const workload = manifests.filter(isWorkload).find(({ metadata }) => metadata.name === app);
  if (workload === undefined) throw new Error(`no workload is named ${app}`);
  return workload.spec.template.spec;
}

const secretItems = (pod: PodSpec) => (pod.volumes ?? []).flatMap(({ secret }) => secret?.items ?? []);

/** What an app's container would see: the image's variables and those of its ConfigMaps. */
function variablesOf(app: App, kustomization: Kustomization): Record<string, string> {
  const [container] = podOf(app, kustomization).containers;
  const names = (container?.envFrom ?? []).flatMap(({ configMapRef }) => configMapRef?.name ?? []);
  expect(names).toEqual([`${app}-config`]);
  return Object.assign(imageVariables(app), ...names.map((name) => kustomization.configMaps.get(name))) as Record<
    string,
    string
  >;
}

describe.each(['overlays/local', 'overlays/production'])('%s', (overlay) => {
  const kustomization = readKustomization(overlay);
  let secrets: string;
  beforeAll(() => (secrets = mkdtempSync(join(tmpdir(), 'sallyport-'))));
  afterAll(() => rmSync(secrets, { recursive: true }));

  /** Puts real paths in place of those of the container. */
  const onThisMachine = (app: App, variables: Record<string, string>): Record<string, string> => {
    const mounted = join(secrets, app);
    for (const { path } of secretItems(podOf(app, kustomization))) writeFileSync(`${mounted}-${path}`, `some ${path}`);
    return Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [
        name,
        value.replace(`${SECRETS_MOUNT}/`, `${mounted}-`).replace('/etc/sallyport', join(K8S_FOLDER, overlay)),
      ]),
    );
  };

  it.each(APPS)('gives %s settings that it accepts', (app) => {
    const variables = onThisMachine(app, variablesOf(app, kustomization));
    const { listen, dataDir } = readAppSettings(app, variables);
    expect(listen.host).toBe('0.0.0.0');
    expect([undefined, '/data']).toContain(dataDir);
    const [container] = podOf(app, kustomization).containers;
    expect(container?.ports).toEqual([{ name: 'http', containerPort: listen.port }]);
    const service = kustomization.manifests.filter(isService).find(({ metadata }) => metadata.name === app);
    expect(service?.spec.ports[0]?.port).toBe(listen.port);
  });

  it.each(APPS)('sets no variable that %s does not read', (app) => {
    const variables = variablesOf(app, kustomization);
    const { names } = readAppSettings(app, onThisMachine(app, variables));
    const known = [...names, ...IMAGE_VARIABLES];
    const given = Object.keys(variables).filter((name) => name !== 'CONFIG_FILE_PATH');
    expect(given.filter((name) => !known.includes(settingName(name)))).toEqual([]);
  });

  it('points every _FILE variable at a mounted key of the Secret, and mounts no other', () => {
    for (const app of APPS) {
      const files = Object.entries(variablesOf(app, kustomization)).filter(([name]) => name.endsWith('_FILE'));
      const items = secretItems(podOf(app, kustomization));
      expect(files.map(([, path]) => path).sort()).toEqual(items.map(({ path }) => `${SECRETS_MOUNT}/${path}`).sort());
      for (const [name, path] of files) expect(path).toBe(`${SECRETS_MOUNT}/${settingName(name)}`);
    }
  });
});

describe('the Secret', () => {
  const local = readKustomization('overlays/local');
  const used = new Set([...APPS, 'redis'].flatMap((app) => secretItems(podOf(app, local)).map(({ key }) => key)));

  it('has in the local overlay every key that a pod mounts', () => {
    expect(Object.keys(local.secrets.get('sallyport-secrets') ?? {}).sort()).toEqual([...used].sort());
  });

  it('is made by the documented command with the same keys', () => {
    const page = readFileSync(join(REPOSITORY, 'docs/deployment.md'), 'utf8');
    const keys = [...page.matchAll(/--from-literal=(\w+)="\$\(openssl/g)].map(([, key]) => key);
    expect(keys.sort()).toEqual([...used].sort());
  });

  it('is part of no other overlay', () => {
    expect(readKustomization('overlays/production').secrets.size).toBe(0);
    expect(readKustomization('base').secrets.size).toBe(0);
  });

  it('gives Redis the variable that its scripts read', () => {
    const [container] = podOf('redis', local).containers;
    expect(container?.env).toEqual([{ name: 'REDIS_PASSWORD_FILE', value: `${SECRETS_MOUNT}/REDIS_PASSWORD` }]);
  });
});
