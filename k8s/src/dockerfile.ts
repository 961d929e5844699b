import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { K8S_FOLDER } from './kustomization';

export interface Instruction {
  /** In capital letters, such as `FROM`. */
  readonly name: string;
  /** The rest, continued lines joined. */
  readonly text: string;
}

export interface Stage {
  readonly base: string;
  /** Undefined for the last stage, which is the image. */
  readonly alias: string | undefined;
  readonly instructions: readonly Instruction[];
}

export const REPOSITORY = join(K8S_FOLDER, '..');

/** The stages of `docker/Dockerfile`, in order; the instructions before the first are in `globals`. */
export function readDockerfile(): { globals: readonly Instruction[]; stages: readonly Stage[] } {
  const globals: Instruction[] = [];
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const { name, text } of instructionsOf(readFileSync(join(REPOSITORY, 'docker/Dockerfile'), 'utf8'))) {
    if (name === 'FROM') {
      const [base = '', alias] = text.split(/ AS /);
      stages.push({ base, alias, instructions: [] });
    } else (stages.at(-1)?.instructions ?? globals).push({ name, text });
  }
  return { globals, stages };
}

/** The stages that make up one app's image, the nearest first. */
export function imageStages(app: string): Stage[] {
  const { stages } = readDockerfile();
  const found: Stage[] = [];
  for (let stage = stages.at(-1); stage !== undefined;) {
    found.push(stage);
    const base = stage.base.replaceAll('${APP}', app);
    stage = stages.find(({ alias }) => alias === base);
  }
  return found;
}

/** The variables that an app's image sets. */
export function imageVariables(app: string): Record<string, string> {
  const entries = imageStages(app)
    .flatMap(({ instructions }) => instructions.filter(({ name }) => name === 'ENV'))
    .flatMap(({ text }) => text.split(/\s+/))
    .map((pair) => pair.split(/=(.*)/s, 2));
  return Object.fromEntries(entries) as Record<string, string>;
}

function instructionsOf(source: string): Instruction[] {
  const lines = source.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  const joined = lines.join('\n').replaceAll(/\\\n/g, ' ');
  return joined.split('\n').map((line) => {
    const [name = '', text = ''] = line.split(/\s+(.*)/s, 2);
    return { name: name.toUpperCase(), text: text.trim() };
  });
}
