import type { ClientAbortPolicy, TokenPrices } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';

/** One way to reach a model. `T` is what the caller needs to make the call, such as a provider. */
export interface Deployment<T> {
  /** Stable id, shown in records and responses. */
  readonly id: string;
  /** Public model name that it serves; deployments that share one form a group. */
  readonly group: string;
  /** Name under which its failures are counted. */
  readonly upstream: string;
  /**
   * The upstream's own model name; undefined: the name that the client asked for. A `*` in it stands for what the `*`
   * of the group's name has matched.
   */
  readonly model: string | undefined;
  readonly target: T;
  /** What the configuration says of the model, for clients that ask; without credentials. */
  readonly info?: Readonly<Record<string, unknown>> | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Longest wait for a whole reply, and for the first byte of a stream, in milliseconds, where it has its own. */
  readonly timeoutMs?: number | undefined;
  readonly streamTimeoutMs?: number | undefined;
  /** What becomes of its reply when the client has left, where it has its own rule. */
  readonly onClientAbort?: ClientAbortPolicy | undefined;
  /** What the configuration says that it costs. */
  readonly prices?: TokenPrices | undefined;
}

/** A deployment to try, in the order of a plan. */
export interface Candidate<T> {
  readonly deployment: Deployment<T>;
  /** Model name to send. */
  readonly model: string;
  /** Group that stands in for the requested one; undefined while that one is tried. */
  readonly fallbackModel: string | undefined;
}

export interface ModelRouterOptions<T> {
  readonly deployments: readonly Deployment<T>[];
  /** Group that serves models which no group is named after. */
  readonly defaultGroup?: string | undefined;
  readonly fallbacks?: ReadonlyMap<string, readonly string[]>;
  /** Random number in [0, 1), for the order inside a group. */
  readonly random?: () => number;
}

/** Who serves a model: the group's deployments, or a single one that was named by its id. */
interface Found<T> {
  readonly group: string;
  readonly deployments: readonly Deployment<T>[];
  readonly upstreamModel: string;
  /** What the `*` of a group's name has matched. */
  readonly wildcard?: string;
}

/** Decides who may answer a model, and in which order. */
export class ModelRouter<T> {
  private readonly groups: ReadonlyMap<string, readonly Deployment<T>[]>;
  /** Names with a `*`, the most exact first. */
  private readonly patterns: readonly string[];

  constructor(private readonly options: ModelRouterOptions<T>) {
    this.groups = Map.groupBy(options.deployments, (deployment) => deployment.group);
    this.patterns = [...this.groups.keys()].filter((name) => name.includes('*')).sort((a, b) => b.length - a.length);
  }

  /** Public model names, in the order of the configuration. */
  get models(): string[] {
    return [...this.groups.keys()];
  }

  get deployments(): readonly Deployment<T>[] {
    return this.options.deployments;
  }

  /** Names of the default group and of fallbacks that nobody serves; for a check at start. */
  get unknownNames(): string[] {
    const { defaultGroup, fallbacks } = this.options;
    const used = [...(defaultGroup === undefined ? [] : [defaultGroup]), ...[...(fallbacks?.values() ?? [])].flat()];
    return [...new Set(used)].filter((name) => this.lookUp(name) === undefined);
  }

  /**
   * The candidates for a model: the deployments of its group in random order, then those of each fallback in turn.
   * A model is found by its name, by the id of a deployment, by a group whose name has a matching `*`, by the group
   * before its first `/` (the rest is then the upstream's model name), or else the default group serves it under the
   * name that was asked for.
   *
   * @throws SallyportError `model_not_found`
   */
  plan(model: string): Candidate<T>[] {
    const found = this.find(model);
    const { fallbacks } = this.options;
    const standIns = fallbacks?.get(model) ?? fallbacks?.get(found.group) ?? [];
    return [
      ...this.candidates(found, undefined),
      ...standIns.flatMap((name) => this.candidates(this.find(name), name)),
    ];
  }

  /**
   * The candidates for a call that names no model: all that serve it, those of the default group first, always in the
   * same order, so that what one call has stored the next one finds.
   */
  planWithoutModel(serves: (deployment: Deployment<T>) => boolean): Candidate<T>[] {
    const { deployments, defaultGroup } = this.options;
    const able = deployments.filter(serves);
    const inOrder = [
      ...able.filter(({ group }) => group === defaultGroup),
      ...able.filter(({ group }) => group !== defaultGroup),
    ];
    return inOrder.map((deployment) => ({ deployment, model: '', fallbackModel: undefined }));
  }

  /**
   * The group that is meant to serve a model: a name from the configuration.
   *
   * @throws SallyportError `model_not_found`
   */
  groupOf(model: string): string {
    return this.find(model).group;
  }

  private find(model: string): Found<T> {
    const found = this.lookUp(model);
    if (found !== undefined) return found;
    throw new SallyportError('model_not_found', 'No upstream serves this model; see /v1/models', { param: 'model' });
  }

  private lookUp(model: string): Found<T> | undefined {
    const named = this.groups.get(model);
    if (named !== undefined) return { group: model, deployments: named, upstreamModel: model };
    const single = this.options.deployments.find(({ id }) => id === model);
    if (single !== undefined) return { group: single.group, deployments: [single], upstreamModel: model };
    return this.byPattern(model) ?? this.byPrefix(model) ?? this.byDefault(model);
  }

  private byPattern(model: string): Found<T> | undefined {
    for (const pattern of this.patterns) {
      const star = pattern.indexOf('*');
      const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
      if (model.length < before.length + after.length || !model.startsWith(before) || !model.endsWith(after)) continue;
      const wildcard = model.slice(before.length, model.length - after.length);
      return { group: pattern, deployments: this.groups.get(pattern) ?? [], upstreamModel: model, wildcard };
    }
    return undefined;
  }

  private byPrefix(model: string): Found<T> | undefined {
    const slash = model.indexOf('/');
    const group = model.slice(0, Math.max(slash, 0));
    const deployments = this.groups.get(group);
    return deployments && { group, deployments, upstreamModel: model.slice(slash + 1) };
  }

  private byDefault(model: string): Found<T> | undefined {
    const { defaultGroup: group } = this.options;
    const deployments = group === undefined ? undefined : this.groups.get(group);
    return group === undefined ? undefined : deployments && { group, deployments, upstreamModel: model };
  }

  private candidates(found: Found<T>, fallbackModel: string | undefined): Candidate<T>[] {
    const { upstreamModel, wildcard } = found;
    return this.shuffled(found.deployments).map((deployment) => {
      const own = wildcard === undefined ? deployment.model : deployment.model?.replace('*', () => wildcard);
      return { deployment, model: own ?? upstreamModel, fallbackModel };
    });
  }

  private shuffled(group: readonly Deployment<T>[]): Deployment<T>[] {
    const deployments = [...group];
    const random = this.options.random ?? Math.random;
    for (let at = deployments.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      [deployments[at], deployments[other]] = [deployments[other]!, deployments[at]!];
    }
    return deployments;
  }
}
