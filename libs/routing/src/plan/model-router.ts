import { SallyportError } from '@sallyport/dialects';

/** One way to reach a model. `T` is what the caller needs to make the call, such as a provider. */
export interface Deployment<T> {
  /** Stable id, shown in records and responses. */
  readonly id: string;
  /** Public model name that it serves; deployments that share one form a group. */
  readonly group: string;
  /** Name under which its failures are counted. */
  readonly upstream: string;
  /** The upstream's own model name; undefined: the name that the client asked for. */
  readonly model: string | undefined;
  readonly target: T;
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

interface FoundGroup {
  readonly group: string;
  readonly upstreamModel: string;
}

/** Decides who may answer a model, and in which order. */
export class ModelRouter<T> {
  private readonly groups: ReadonlyMap<string, readonly Deployment<T>[]>;

  constructor(private readonly options: ModelRouterOptions<T>) {
    this.groups = Map.groupBy(options.deployments, (deployment) => deployment.group);
  }

  /** Public model names, in the order of the configuration. */
  get models(): string[] {
    return [...this.groups.keys()];
  }

  /** Names of the default group and of fallbacks that nobody serves; for a check at start. */
  get unknownNames(): string[] {
    const { defaultGroup, fallbacks } = this.options;
    const used = [...(defaultGroup === undefined ? [] : [defaultGroup]), ...[...(fallbacks?.values() ?? [])].flat()];
    return [...new Set(used)].filter((name) => this.lookUp(name) === undefined);
  }

  /**
   * The candidates for a model: the deployments of its group in random order, then those of each fallback in turn.
   * A model is found by its name, else by the group before its first `/` (the rest is then the upstream's model
   * name), else the default group serves it under the name that was asked for.
   *
   * @throws SallyportError `model_not_found`
   */
  plan(model: string): Candidate<T>[] {
    const { group, upstreamModel } = this.find(model);
    const candidates = this.shuffled(group).map((deployment) => candidate(deployment, upstreamModel, undefined));
    const { fallbacks } = this.options;
    for (const name of fallbacks?.get(model) ?? fallbacks?.get(group) ?? []) {
      const found = this.find(name);
      candidates.push(...this.shuffled(found.group).map((next) => candidate(next, found.upstreamModel, name)));
    }
    return candidates;
  }

  /**
   * The group that is meant to serve a model: a name from the configuration.
   *
   * @throws SallyportError `model_not_found`
   */
  groupOf(model: string): string {
    return this.find(model).group;
  }

  private find(model: string): FoundGroup {
    const found = this.lookUp(model);
    if (found !== undefined) return found;
    throw new SallyportError('model_not_found', 'No upstream serves this model; see /v1/models', { param: 'model' });
  }

  private lookUp(model: string): FoundGroup | undefined {
    if (this.groups.has(model)) return { group: model, upstreamModel: model };
    const slash = model.indexOf('/');
    const prefix = model.slice(0, Math.max(slash, 0));
    if (this.groups.has(prefix)) return { group: prefix, upstreamModel: model.slice(slash + 1) };
    const { defaultGroup } = this.options;
    if (defaultGroup === undefined || !this.groups.has(defaultGroup)) return undefined;
    return { group: defaultGroup, upstreamModel: model };
  }

  private shuffled(group: string): Deployment<T>[] {
    const deployments = [...(this.groups.get(group) ?? [])];
    const random = this.options.random ?? Math.random;
    for (let at = deployments.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      [deployments[at], deployments[other]] = [deployments[other]!, deployments[at]!];
    }
    return deployments;
  }
}

function candidate<T>(deployment: Deployment<T>, model: string, fallbackModel: string | undefined): Candidate<T> {
  return { deployment, model: deployment.model ?? model, fallbackModel };
}
