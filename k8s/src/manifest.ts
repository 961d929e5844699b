/** The parts of Kubernetes objects that the checks read; what a file leaves out is undefined. */
export type Labels = Readonly<Record<string, string>>;

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Labels };
}

export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export interface Workload extends Manifest {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly spec: {
    readonly replicas: number;
    readonly selector: Selector;
    readonly serviceName?: string;
    readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted: string; readonly whenScaled: string };
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
    readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
  };
}

export interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: object;
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env?: readonly { readonly name: string }[];
  readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[];
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels };
  readonly securityContext?: object;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly exec?: { readonly command: readonly string[] };
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
}

export interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly secret?: {
    readonly secretName: string;
    readonly items?: readonly { readonly key: string; readonly path: string }[];
  };
}

export interface Service extends Manifest {
  readonly kind: 'Service';
  readonly spec: {
    readonly clusterIP?: string;
    readonly selector: Labels;
    readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: string }[];
  };
}

export interface NetworkPeer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: object;
}

export interface NetworkRule {
  readonly from?: readonly NetworkPeer[];
  readonly to?: readonly NetworkPeer[];
  readonly ports?: readonly { readonly protocol: string; readonly port: number | string }[];
}

export interface NetworkPolicy extends Manifest {
  readonly kind: 'NetworkPolicy';
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly NetworkRule[];
    readonly egress?: readonly NetworkRule[];
  };
}

export interface PodDisruptionBudget extends Manifest {
  readonly kind: 'PodDisruptionBudget';
  readonly spec: { readonly selector: Selector; readonly unhealthyPodEvictionPolicy?: string };
}

export interface HorizontalPodAutoscaler extends Manifest {
  readonly kind: 'HorizontalPodAutoscaler';
  readonly spec: { readonly scaleTargetRef: { readonly kind: string; readonly name: string } };
}

export function isWorkload(manifest: Manifest): manifest is Workload {
  return manifest.kind === 'Deployment' || manifest.kind === 'StatefulSet';
}

export function isService(manifest: Manifest): manifest is Service {
  return manifest.kind === 'Service';
}

export function isNetworkPolicy(manifest: Manifest): manifest is NetworkPolicy {
  return manifest.kind === 'NetworkPolicy';
}

export function isDisruptionBudget(manifest: Manifest): manifest is PodDisruptionBudget {
  return manifest.kind === 'PodDisruptionBudget';
}

export function isAutoscaler(manifest: Manifest): manifest is HorizontalPodAutoscaler {
  return manifest.kind === 'HorizontalPodAutoscaler';
}

/** Whether a label selector chooses what has these labels, by the rules of Kubernetes; an empty one chooses all. */
export function selects(selector: Selector, labels: Labels): boolean {
  const pairs = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  const expressions = (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    if (operator !== 'In') throw new RangeError(`the operator ${operator} is not known here`);
    return values.includes(labels[key] ?? '');
  });
  return pairs && expressions;
}
