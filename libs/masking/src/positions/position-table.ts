/**
 * What is done with the value at a position. Numbers, `true`, `false` and `null` stay as they are everywhere but at
 * `refuse`: a masked number would be no number any more.
 * - `text`: its strings are text. In an object or array that is the strings inside, never the names.
 * - `data`: free-form data. Its strings are text and so are the names in it, which the caller or a tool chose.
 * - `json`: a string that holds JSON, which is treated as `data`; when it holds none it is text.
 * - `id`: a name that ties parts of a body together, such as that of a tool or of a call. It is text that is judged by
 *   itself alone: neither the name of its member nor values known from elsewhere count, so that the same name gets the
 *   same token wherever it stands.
 * - `word`: a word of the protocol, such as `auto`. Anything else than a plain word is treated as `id`.
 * - `reference`: something the provider looks up, such as the id of a file. It stays while it has the form of an
 *   identifier; anything else is treated as `id`.
 * - `attribution`: text, unless it is the line by which a coding agent names itself to its provider, which is checked.
 * - `keep`: left byte for byte.
 * - `refuse`: a string or number here is something that cannot be masked, so the request is not sent.
 */
export type Action = 'text' | 'data' | 'json' | 'id' | 'word' | 'reference' | 'attribution' | 'keep' | 'refuse';

/** An action, or the name of a shape as `@name`. */
export type Position = Action | `@${string}`;

/** Why something is left byte for byte. */
export const KEPT = {
  signed: 'the provider checks its signature',
  opaque: 'only the provider can read it',
  media: 'pictures, sound and files are not read',
  address: 'the provider fetches what is there',
  credential: 'the provider shows it to a server of the caller',
  model: 'calls are routed by it',
  name: 'must agree with names of the schema, which are never masked',
  server: 'the provider ran it, and it comes back in the next request as it is',
  protocol: 'nothing that a model writes',
  pieces: 'text cut into pieces; taken out where a value was masked',
} as const satisfies Readonly<Record<string, string>>;
export type KeptReason = keyof typeof KEPT;

/**
 * Who wrote what is inside a shape; without a word of it the client did. What a model wrote may come back from a reply
 * that was restored; what a tool returned is no word of the client's, so no host in it is trusted.
 */
export type Author = 'client' | 'model' | 'tool';

interface NamedShape {
  readonly author?: Author;
  /** What is left byte for byte, with the reason, by the name of the member or, in a typed shape, by the type. */
  readonly kept?: Readonly<Record<string, KeptReason>>;
}

/** An object, by the names of its members. */
export interface FieldsShape extends NamedShape {
  readonly fields: Readonly<Record<string, Position>>;
  /** For members that are not named. With `data` their names are text, too. */
  readonly rest: Position;
}

/** An object, by a member that says what it is. */
export interface TypedShape extends NamedShape {
  /** Path of that member, such as `environment.type`; `type` unless it is given. */
  readonly by?: string;
  readonly types: Readonly<Record<string, Position>>;
  /** For objects of another type, or of none. */
  readonly rest: Position;
}

/** An array whose first item differs. */
export interface ListShape {
  readonly author?: Author;
  readonly first: Position;
  readonly rest: Position;
}

/** A value that may be a number where text is expected. */
interface NumberShape {
  readonly author?: Author;
  readonly number: Position;
  readonly rest: Position;
}

/**
 * An object or, where the wire format allows either, an array of such objects or a string in their place: arrays are
 * walked item by item and strings are text.
 */
export type Shape = FieldsShape | TypedShape | ListShape | NumberShape;

/**
 * Says for every position of a body what is done there. It is data, so that it can be read, tested against the
 * official schemas and turned into documentation.
 */
export interface PositionTable {
  readonly root: Position;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/**
 * What is done with a member of a name, or with an object of a type. Looks up own names only: bodies may use
 * `constructor` or `__proto__` as names.
 */
export function positionOf(shape: FieldsShape | TypedShape, name: string | undefined): Position {
  const named = 'types' in shape ? shape.types : shape.fields;
  if (name === undefined) return shape.rest;
  if (Object.hasOwn(named, name)) return named[name] as Position;
  return shape.kept !== undefined && Object.hasOwn(shape.kept, name) ? 'keep' : shape.rest;
}

/** Whether a shape says itself what is done with a name. */
export function isNamed(shape: FieldsShape | TypedShape, name: string): boolean {
  const named = 'types' in shape ? shape.types : shape.fields;
  return Object.hasOwn(named, name) || (shape.kept !== undefined && Object.hasOwn(shape.kept, name));
}

/** Shapes by the position that names them: a table is walked for every request. */
const NAMED_SHAPES = new WeakMap<PositionTable, ReadonlyMap<Position, Shape>>();

/**
 * The shape that a position names.
 *
 * @param position as `@name`
 * @throws Error when the table has no such shape
 */
export function shapeOf(table: PositionTable, position: Position): Shape {
  let named = NAMED_SHAPES.get(table);
  if (named === undefined) {
    named = new Map(Object.entries(table.shapes).map(([name, shape]) => [`@${name}`, shape] as const));
    NAMED_SHAPES.set(table, named);
  }
  const shape = named.get(position);
  if (shape === undefined) throw new Error(`the position table has no shape ${position}`);
  return shape;
}
