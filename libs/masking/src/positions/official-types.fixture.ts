import { join } from 'node:path';
import ts from 'typescript';
import { isNamed, positionOf, shapeOf } from './position-table';
import type { FieldsShape, Position, PositionTable, TypedShape } from './position-table';

/** Types of an official SDK, by the module that exports them. */
export type OfficialTypes = Readonly<Record<string, readonly string[]>>;

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  skipLibCheck: true,
  types: [],
};
const PROBE = join(__dirname, 'official-types.probe.ts');

/** Reads declarations of SDKs, so that a table can be held against them field by field. */
export class OfficialSchemas {
  private readonly checker: ts.TypeChecker;
  private readonly exported = new Map<string, ts.Type>();

  /** @throws Error when an SDK has no such type any more */
  constructor(types: OfficialTypes) {
    const names = Object.entries(types).flatMap(([module, list]) => list.map((name) => ({ module, name })));
    const source = names
      .map(
        ({ module, name }, at) =>
          `import type { ${name} as T${at} } from '${module}'; export declare const v${at}: T${at};`,
      )
      .join('\n');
    const program = ts.createProgram([PROBE], OPTIONS, hostWith(source));
    const probe = program.getSourceFile(PROBE) as ts.SourceFile;
    const [error] = program.getSemanticDiagnostics(probe);
    if (error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
    this.checker = program.getTypeChecker();
    const symbols = this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(probe) as ts.Symbol);
    names.forEach(({ module, name }, at) => {
      const symbol = symbols.find((candidate) => candidate.name === `v${at}`) as ts.Symbol;
      this.exported.set(`${module} ${name}`, this.checker.getTypeOfSymbol(symbol));
    });
  }

  /**
   * Paths of fields and of types of objects that a table does not name.
   *
   * @param textOnly whether fields in which no free text can stand need no name
   */
  unnamedBy(table: PositionTable, module: string, name: string, textOnly = false): string[] {
    const type = this.exported.get(`${module} ${name}`);
    if (type === undefined) throw new Error(`${name} was not read`);
    const comparison = new Comparison(this.checker, table, textOnly);
    comparison.compare(type, table.root, name);
    return [...comparison.unnamed];
  }
}

function hostWith(source: string): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  return {
    ...host,
    fileExists: (file) => file === PROBE || host.fileExists(file),
    readFile: (file) => (file === PROBE ? source : host.readFile(file)),
    getSourceFile: (file, language, onError) =>
      file === PROBE ? ts.createSourceFile(file, source, language) : host.getSourceFile(file, language, onError),
  };
}

class Comparison {
  readonly unnamed = new Set<string>();
  private readonly compared = new Map<ts.Type, Set<Position>>();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly table: PositionTable,
    private readonly textOnly: boolean,
  ) {}

  compare(type: ts.Type, position: Position, path: string): void {
    if (!position.startsWith('@')) return;
    if (type.isUnion()) return type.types.forEach((member) => this.compare(member, position, path));
    if (!isObject(type)) return;
    const seen = this.compared.get(type) ?? new Set<Position>();
    this.compared.set(type, seen);
    if (seen.has(position)) return;
    seen.add(position);
    const shape = shapeOf(this.table, position);
    const items = this.itemsOf(type);
    if (items !== undefined) {
      const each: Position[] = 'first' in shape ? [shape.first, shape.rest] : [position];
      for (const next of each) items.forEach((item) => this.compare(item, next, `${path}[]`));
    } else if ('first' in shape || 'number' in shape) this.compare(type, shape.rest, path);
    else if ('types' in shape) this.compareTyped(type, shape, path);
    else this.compareFields(type, shape, path);
  }

  private compareTyped(type: ts.Type, shape: TypedShape, path: string): void {
    for (const kind of this.kindsOf(type, (shape.by ?? 'type').split('.'))) {
      if (kind !== undefined && !isNamed(shape, kind) && !this.asksAgain(shape)) {
        this.unnamed.add(`${path} with ${shape.by ?? 'type'} ${kind}`);
      }
      this.compare(type, positionOf(shape, kind), kind === undefined ? path : `${path}<${kind}>`);
    }
  }

  /** Whether a shape only takes some types out and leaves the others to another typed shape. */
  private asksAgain({ by, rest }: TypedShape): boolean {
    const next = rest.startsWith('@') ? shapeOf(this.table, rest) : undefined;
    return next !== undefined && 'types' in next && next.by === by;
  }

  private compareFields(type: ts.Type, shape: FieldsShape, path: string): void {
    for (const property of type.getProperties()) {
      const value = this.checker.getTypeOfSymbol(property);
      const field = `${path}.${property.name}`;
      if (!isNamed(shape, property.name) && !(this.textOnly && !this.holdsText(value))) this.unnamed.add(field);
      else this.compare(value, positionOf(shape, property.name), field);
    }
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (index !== undefined) this.compare(index, shape.rest, `${path}.*`);
  }

  /** What an object may say it is; undefined stands for nothing. */
  private kindsOf(type: ts.Type, path: readonly string[]): (string | undefined)[] {
    const [name = '', ...rest] = path;
    const property = type.getProperty(name);
    if (property === undefined) return [undefined];
    return constituents(this.checker.getTypeOfSymbol(property)).flatMap((kind) => {
      if (rest.length > 0) return isObject(kind) ? this.kindsOf(kind, rest) : [undefined];
      return [kind.isStringLiteral() ? kind.value : undefined];
    });
  }

  private itemsOf(type: ts.Type): readonly ts.Type[] | undefined {
    const isList = this.checker.isArrayType(type) || this.checker.isTupleType(type);
    return isList ? this.checker.getTypeArguments(type as ts.TypeReference) : undefined;
  }

  private holdsText(type: ts.Type, within: ReadonlySet<ts.Type> = new Set()): boolean {
    if (within.has(type)) return false;
    const inside = new Set([...within, type]);
    if (type.isUnionOrIntersection()) return type.types.some((member) => this.holdsText(member, inside));
    if (!isObject(type)) return (type.flags & (ts.TypeFlags.String | ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
    const items = this.itemsOf(type);
    if (items !== undefined) return items.some((item) => this.holdsText(item, inside));
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const values = type.getProperties().map((property) => this.checker.getTypeOfSymbol(property));
    return [...values, ...(index === undefined ? [] : [index])].some((value) => this.holdsText(value, inside));
  }
}

function constituents(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function isObject(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}
