import type { Detector, Finding } from '../detector';
import type { SearchedText } from '../searched-text';
import { jsonSecretValues } from './kubernetes-json';
import { linePrefixesOf } from './line-prefixes';
import { yamlSecretValues } from './kubernetes-yaml';
import { isPlaceholder } from './placeholders';

const KIND = 'k8s-secret';
const SHORTEST_VALUE = 4;

const KIND_OF_SECRET = /(?<=kind["']?\s{0,8}:\s{0,8}["']?)secret["']?(?![\w-])/iy;

const QUOTE = String.raw`\\{0,8}["']?`;
/** Values that their name alone tells to be secret: of a kubeconfig, of registries, of `kubectl create secret`. */
const MEMBERS: readonly { readonly keyword: string; readonly pattern: RegExp; readonly within?: RegExp }[] = [
  {
    keyword: 'client-key-data',
    pattern: new RegExp(`client-key-data${QUOTE}\\s{0,4}[:=]\\s{0,4}${QUOTE}([A-Za-z0-9+/]{16,65536}={0,2})`, 'iy'),
  },
  {
    keyword: 'token',
    pattern: new RegExp(`(?<![\\w-])token${QUOTE}\\s{0,4}:\\s{0,4}${QUOTE}([\\w.~+/:=-]{8,8192})`, 'iy'),
    within: /kind"?\s{0,4}:\s{0,4}"?Config\b|^[ \t]*users:[ \t]*$/m,
  },
  {
    keyword: '"auth',
    pattern: /"auth\\{0,8}"\s{0,4}:\s{0,4}\\{0,8}"([A-Za-z0-9+/]{6,4096}={0,2})\\{0,8}"/iy,
    within: /\\{0,8}"auths\\{0,8}"\s{0,4}:/,
  },
  {
    keyword: 'dockerconfigjson',
    pattern: new RegExp(
      `dockerconfigjson${QUOTE}\\s{0,4}[:=]\\s{0,4}(?:[|>][-+]?\\s{1,16})?${QUOTE}([A-Za-z0-9+/]{16,65536}={0,2})`,
      'iy',
    ),
  },
  {
    keyword: 'from-literal',
    pattern:
      /from-literal(?:=|\s{1,4})["']?[\w.-]{1,253}=(?:"([^"\r\n]{1,512})"|'([^'\r\n]{1,512})'|([^\s"'`]{1,512}))/iy,
  },
];

/** Values in Kubernetes Secrets, keys and tokens of a kubeconfig, logins of registries. */
export const kubernetesSecrets: Detector = {
  kinds: [KIND],
  keywords: ['secret', ...MEMBERS.map(({ keyword }) => keyword)],
  find(searched) {
    return [...manifests(searched), ...members(searched)].filter(({ start, end }) => {
      const value = searched.text.slice(start, end);
      return value.length >= SHORTEST_VALUE && !isPlaceholder(value);
    });
  },
};

function manifests(searched: SearchedText): Finding[] {
  const { text } = searched;
  if (!searched.at('secret').some((at) => isKindOfSecret(text, at))) return [];
  const prefixed = linePrefixesOf(text).flatMap((prefix) => yamlSecretValues(text, prefix));
  return [...yamlSecretValues(text), ...prefixed, ...jsonSecretValues(text)].map(({ start, end }) => ({
    kind: KIND,
    start,
    end,
  }));
}

function isKindOfSecret(text: string, at: number): boolean {
  KIND_OF_SECRET.lastIndex = at;
  return KIND_OF_SECRET.test(text);
}

function members(searched: SearchedText): Finding[] {
  return MEMBERS.flatMap(({ keyword, pattern, within }): Finding[] => {
    const hits = searched.at(keyword);
    if (hits.length === 0 || within?.test(searched.text) === false) return [];
    let behind = 0;
    return hits.flatMap((at): Finding[] => {
      if (at < behind) return [];
      pattern.lastIndex = at;
      const match = pattern.exec(searched.text);
      const value = match?.slice(1).find((group) => group !== undefined);
      if (match === null || value === undefined) return [];
      behind = pattern.lastIndex;
      const start = at + match[0].lastIndexOf(value);
      return [{ kind: KIND, start, end: start + value.length }];
    });
  });
}
