import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { K8S_FOLDER, readKustomization } from './kustomization';
import { isDisruptionBudget, isWorkload, selects, type Container, type Workload } from './manifest';

const { manifests, configMaps } = readKustomization('base');
const workloads = manifests.filter(isWorkload);
const { version } = JSON.parse(readFileSync(join(K8S_FOLDER, '../package.json'), 'utf8')) as { version: string };

const RESTRICTED_POD = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
const LABELS = ['name', 'instance', 'component', 'part-of'].map((name) => `app.kubernetes.io/${name}`);

it('deploys the four apps and Redis', () => {
  expect(workloads.map(({ metadata }) => metadata.name).sort()).toEqual([
    'file-server',
    'gateway',
    'log-ingest',
    'masking-proxy',
    'redis',
  ]);
});

it.each(manifests.filter(({ kind }) => kind !== 'Namespace').map((manifest) => [manifest.kind, manifest] as const))(
  'gives every %s the recommended labels',
  (_kind, { metadata }) => {
    expect(Object.keys(metadata.labels ?? {})).toEqual(expect.arrayContaining(LABELS));
  },
);

it('lets the cluster refuse pods that are not restricted', () => {
  const namespace = manifests.find(({ kind }) => kind === 'Namespace');
  expect(namespace?.metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
});

describe.each(workloads.map((workload) => [workload.metadata.name, workload] as const))('%s', (name, workload) => {
  const { selector, template } = workload.spec;
  const pod = template.spec;

  it('selects its own pods and no others', () => {
    const owners = workloads.filter((other) => selects(selector, other.spec.template.metadata.labels));
    expect(owners).toEqual([workload]);
    expect(Object.keys(template.metadata.labels)).toEqual(LABELS);
  });

  it('satisfies the restricted pod security standard', () => {
    expect(pod.securityContext).toMatchObject(RESTRICTED_POD);
    for (const { securityContext } of pod.containers) expect(securityContext).toEqual(RESTRICTED_CONTAINER);
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  it('gets more time to stop than preStop and drain take together', () => {
    const pauses = pod.containers.map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds ?? 0);
    const drain = Number(configMaps.get(`${name}-config`)?.DRAIN_TIMEOUT_SECONDS ?? 0);
    if (name !== 'redis') expect(drain).toBeGreaterThan(0);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(Math.max(...pauses) + drain);
  });

  it('mounts the volumes that it declares, and no others', () => {
    const claims = (workload.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name);
    const declared = [...(pod.volumes ?? []).map((volume) => volume.name), ...claims];
    const mounted = pod.containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map((mount) => mount.name));
    expect(mounted.sort()).toEqual(declared.sort());
  });

  it('keeps its volumes whatever happens to it', () => {
    const { volumeClaimTemplates, persistentVolumeClaimRetentionPolicy } = workload.spec;
    expect(workload.kind === 'StatefulSet').toBe(volumeClaimTemplates !== undefined);
    if (volumeClaimTemplates === undefined) return;
    expect(persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  });

  it('has a disruption budget exactly if it has replicas to spare', () => {
    const budgets = manifests
      .filter(isDisruptionBudget)
      .filter(({ spec }) => selects(spec.selector, template.metadata.labels));
    expect(budgets).toHaveLength(workload.spec.replicas > 1 ? 1 : 0);
    // Else a node whose pod waits for what is away cannot be drained.
    for (const { spec } of budgets) expect(spec.unhealthyPodEvictionPolicy).toBe('AlwaysAllow');
  });

  it.each(pod.containers.map((container) => [container.name, container] as const))('probes %s', (_name, container) => {
    checkProbes(container);
  });

  it.each(pod.containers.map((container) => [container.name, container] as const))('bounds %s', (_name, container) => {
    const { requests, limits } = container.resources ?? {};
    expect(Object.keys(requests ?? {})).toEqual(['cpu', 'memory']);
    // A CPU limit would throttle the event loop, and with it the probes.
    expect(Object.keys(limits ?? {})).toEqual(['memory']);
  });

  it('runs pinned images', () => {
    for (const { image } of pod.containers) {
      const [repository, tag] = image.split(':');
      if (repository?.startsWith('sallyport/')) expect(image).toBe(`sallyport/${name}:${version}`);
      else expect(tag).toMatch(/^\d+\.\d+\.\d+/);
    }
  });
});

function checkProbes({ startupProbe, readinessProbe, livenessProbe, ports = [] }: Container): void {
  for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
    // The implicit time-out of one second makes busy pods fail.
    expect(probe?.timeoutSeconds).toBeGreaterThanOrEqual(5);
    expect(probe?.periodSeconds).toBeGreaterThan(0);
    if (probe?.httpGet === undefined) expect(probe?.exec?.command.length).toBeGreaterThan(0);
    else expect(ports.map(({ name }) => name)).toContain(probe.httpGet.port);
  }
  expect(livenessProbe?.failureThreshold).toBeGreaterThan(readinessProbe?.failureThreshold ?? 0);
  if (readinessProbe?.httpGet === undefined) return;
  expect(readinessProbe.httpGet.path).toBe('/readyz');
  expect([startupProbe?.httpGet?.path, livenessProbe?.httpGet?.path]).toEqual(['/livez', '/livez']);
}

describe('overlays', () => {
  it.each(['overlays/local', 'overlays/production'])('%s pins the images that it replaces', (overlay) => {
    const images = workloads.flatMap((workload: Workload) => workload.spec.template.spec.containers);
    const known = images.map(({ image }) => image.split(':')[0]);
    for (const { name, newTag } of readKustomization(overlay).images) {
      expect(known).toContain(name);
      expect(newTag).toMatch(/^\d+\.\d+\.\d+/);
    }
  });
});
