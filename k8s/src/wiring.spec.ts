import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { K8S_FOLDER, readKustomization } from './kustomization';
import {
  isAutoscaler,
  isDisruptionBudget,
  isNetworkPolicy,
  isService,
  isWorkload,
  selects,
  type NetworkPolicy,
  type NetworkRule,
  type Workload,
} from './manifest';

const production = readKustomization('overlays/production');
const local = readKustomization('overlays/local');
const { manifests, configMaps } = production;
const workloads = manifests.filter(isWorkload);
const services = manifests.filter(isService);
const policies = manifests.filter(isNetworkPolicy);

const podLabels = (workload: Workload) => workload.spec.template.metadata.labels;
const portsOf = (workload: Workload) => workload.spec.template.spec.containers.flatMap(({ ports = [] }) => ports);

it('names every file of the folder in a kustomization', () => {
  const known = new Set([...production.files, ...local.files]);
  const folders = ['base', 'components', 'overlays'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(K8S_FOLDER, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  expect(files.filter((file) => !known.has(file))).toEqual([]);
});

it.each(services.map((service) => [service.metadata.name, service] as const))(
  'the Service %s reaches a port of one workload',
  (_name, { spec }) => {
    const targets = workloads.filter((workload) => selects({ matchLabels: spec.selector }, podLabels(workload)));
    expect(targets).toHaveLength(1);
    const names = targets.flatMap(portsOf).map(({ name }) => name);
    for (const { targetPort } of spec.ports) expect(names).toContain(targetPort);
  },
);

it('gives every StatefulSet a headless Service', () => {
  const names = workloads.flatMap(({ kind, spec }) => (kind === 'StatefulSet' ? [spec.serviceName] : []));
  const headless = services.filter(({ spec }) => spec.clusterIP === 'None').map(({ metadata }) => metadata.name);
  expect(headless.sort()).toEqual(names.sort());
});

it('lets the apps call each other by Services that exist, at their ports', () => {
  const addresses = [...configMaps.values()].flatMap((variables) =>
    Object.entries(variables).flatMap(([name, value]) => {
      if (name === 'REDIS_HOST') return [`${value}:6379`];
      return value.startsWith('http://') ? [new URL(value).host] : [];
    }),
  );
  const served = services.flatMap(({ metadata, spec }) => spec.ports.map(({ port }) => `${metadata.name}:${port}`));
  expect(addresses).toHaveLength(6);
  expect(served).toEqual(expect.arrayContaining(addresses));
});

it('budgets and scales only what is there', () => {
  for (const { spec } of manifests.filter(isDisruptionBudget)) {
    expect(workloads.filter((workload) => selects(spec.selector, podLabels(workload)))).toHaveLength(1);
  }
  const targets = manifests.filter(isAutoscaler).map(({ spec }) => spec.scaleTargetRef);
  expect(targets).toHaveLength(1);
  for (const { kind, name } of targets) {
    expect(workloads.map((workload) => [workload.kind, workload.metadata.name])).toContainEqual([kind, name]);
  }
});

describe('network policies', () => {
  const pods = (policy: NetworkPolicy) => workloads.filter((pod) => selects(policy.spec.podSelector, podLabels(pod)));

  /** `from -> to:port` of every call between pods that a rule of this direction allows. */
  const allowed = (direction: 'ingress' | 'egress'): string[] =>
    policies.flatMap((policy) =>
      pods(policy).flatMap((own) => (policy.spec[direction] ?? []).flatMap((rule) => calls(own, rule, direction))),
    );

  const calls = (own: Workload, rule: NetworkRule, direction: 'ingress' | 'egress'): string[] => {
    const peers = (rule.from ?? rule.to ?? []).flatMap(({ podSelector }) =>
      podSelector === undefined ? [] : workloads.filter((pod) => selects(podSelector, podLabels(pod))),
    );
    return peers.flatMap((peer) => {
      const [from, to] = direction === 'egress' ? [own, peer] : [peer, own];
      return (rule.ports ?? []).map(({ port }) => `${from.metadata.name} -> ${to.metadata.name}:${numberOf(to, port)}`);
    });
  };

  const numberOf = (workload: Workload, port: number | string): number | undefined =>
    portsOf(workload).find(({ name, containerPort }) => name === port || containerPort === port)?.containerPort;

  it('deny everything that no other policy allows', () => {
    expect(policies.find(({ metadata }) => metadata.name === 'default-deny')?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('allow both ends of each call between the workloads', () => {
    const expected = [
      'gateway -> file-server:8080',
      'gateway -> redis:6379',
      'log-ingest -> file-server:8080',
      'log-ingest -> gateway:4000',
      'log-ingest -> redis:6379',
      'masking-proxy -> gateway:4000',
      'masking-proxy -> redis:6379',
    ];
    expect(allowed('egress').sort()).toEqual(expected);
    expect(allowed('ingress').sort()).toEqual(expected);
  });

  it.each(policies.map((policy) => [policy.metadata.name, policy] as const))('%s fits its pods', (_name, policy) => {
    const { ingress, egress, podSelector, policyTypes } = policy.spec;
    const wanted = podSelector.matchExpressions?.flatMap(({ values = [] }) => values).length ?? 1;
    expect(pods(policy).length).toBeGreaterThanOrEqual(wanted);
    if (policy.metadata.name === 'default-deny') return;
    expect(policyTypes).toEqual([...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])]);
    for (const { ports = [] } of ingress ?? []) {
      for (const { port } of ports) expect(pods(policy).map((pod) => numberOf(pod, port))).not.toContain(undefined);
    }
  });

  it('keep the gateway away from private and metadata addresses', () => {
    const blocks = policies
      .filter(({ metadata }) => metadata.name === 'gateway')
      .flatMap(({ spec }) => spec.egress ?? [])
      .flatMap(({ to = [] }) => to.flatMap(({ ipBlock }) => ipBlock ?? []));
    const exceptions = blocks.flatMap((block) => (block as { except?: string[] }).except ?? []);
    expect(exceptions).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']),
    );
  });
});
