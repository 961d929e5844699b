import { KINDS, type KindFacts } from '../kinds/kinds';
import { code, markdownTable } from './markdown-table';

/** Everything that is masked, by the name that findings, metrics and policies have for it. */
export function kindTable(): string {
  const rows = Object.entries<KindFacts>(KINDS).map(([kind, { family, code: letters, what }]) => [
    code(kind),
    family,
    code(letters),
    what,
  ]);
  return markdownTable(['kind', 'family', 'in tokens', 'what it is'], rows);
}
