import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest';

interface Generator {
  readonly name: string;
  readonly envs?: readonly string[];
  readonly files?: readonly string[];
  readonly literals?: readonly string[];
}

interface KustomizationFile {
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  readonly patches?: readonly { readonly path?: string }[];
  readonly configMapGenerator?: readonly Generator[];
  readonly secretGenerator?: readonly Generator[];
  readonly images?: readonly { readonly name: string; readonly newTag: string }[];
}

/** What a folder with a `kustomization.yaml` names, its bases and components included; patches are not applied. */
export interface Kustomization {
  readonly manifests: readonly Manifest[];
  /** Contents of the generated ConfigMaps by name: a variable or a file name, and its text. */
  readonly configMaps: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly secrets: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly images: readonly { readonly name: string; readonly newTag: string }[];
  /** Every file that was named, as an absolute path. */
  readonly files: readonly string[];
}

export const K8S_FOLDER = join(__dirname, '..');

/** @param path below `k8s/`, such as `overlays/local` */
export function readKustomization(path: string): Kustomization {
  const collected = { manifests: [], configMaps: new Map(), secrets: new Map(), images: [], files: [] };
  collect(join(K8S_FOLDER, path), collected);
  return collected;
}

type Contents = Map<string, Record<string, string>>;

interface Collected {
  readonly manifests: Manifest[];
  readonly configMaps: Contents;
  readonly secrets: Contents;
  readonly images: { readonly name: string; readonly newTag: string }[];
  readonly files: string[];
}

function collect(folder: string, into: Collected): void {
  const own = join(folder, 'kustomization.yaml');
  const file = parse(readFileSync(own, 'utf8')) as KustomizationFile;
  into.files.push(own);
  for (const name of [...(file.resources ?? []), ...(file.components ?? [])]) {
    const path = join(folder, name);
    if (!name.endsWith('.yaml')) {
      collect(path, into);
      continue;
    }
    into.files.push(path);
    into.manifests.push(...readManifests(path));
  }
  for (const { path } of file.patches ?? []) if (path !== undefined) into.files.push(join(folder, path));
  for (const generator of file.configMapGenerator ?? []) generate(folder, generator, into.configMaps, into.files);
  for (const generator of file.secretGenerator ?? []) generate(folder, generator, into.secrets, into.files);
  into.images.push(...(file.images ?? []));
}

function readManifests(path: string): Manifest[] {
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0];
    return document.toJS() as Manifest;
  });
}

/** A later generator of the same name adds to the earlier one, as `behavior: merge` does. */
function generate(folder: string, generator: Generator, contents: Contents, files: string[]): void {
  const entries = { ...contents.get(generator.name) };
  for (const literal of generator.literals ?? []) addVariable(entries, literal);
  for (const name of generator.envs ?? []) {
    files.push(join(folder, name));
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    for (const line of lines) if (line !== '' && !line.startsWith('#')) addVariable(entries, line);
  }
  for (const name of generator.files ?? []) {
    files.push(join(folder, name));
    entries[basename(name)] = readFileSync(join(folder, name), 'utf8');
  }
  contents.set(generator.name, entries);
}

function addVariable(entries: Record<string, string>, line: string): void {
  const at = line.indexOf('=');
  if (at === -1) throw new RangeError(`"${line}" must have the form NAME=value`);
  entries[line.slice(0, at)] = line.slice(at + 1);
}
