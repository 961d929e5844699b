/**
 * What is done with the value at a position:
 * - `text`: its strings are text. In an object or array that is the strings inside, never the names.
 * - `data`: free-form data of a tool. Its strings are text and so are the names in it, which the tool chose.
 * - `json`: a string that holds JSON, which is treated as `data`; when it holds none it is text.
 * - `attribution`: text, unless it is the line by which a coding agent names itself to its provider, which is checked.
 * - `keep`: left byte for byte.
 */
export type Action = 'text' | 'data' | 'json' | 'attribution' | 'keep';

/** An action, or the name of a shape as `@name`. */
export type Position = Action | `@${string}`;

/** An object, by the names of its members. */
export interface FieldsShape {
  readonly fields: Readonly<Record<string, Position>>;
  /** For members that `fields` does not name. */
  readonly rest: Position;
}

/** An object, by its `type` member. */
export interface TypedShape {
  readonly types: Readonly<Record<string, Position>>;
  /** For objects of another type, or of none. */
  readonly rest: Position;
}

/** An array whose first item differs. */
export interface ListShape {
  readonly first: Position;
  readonly rest: Position;
}

/**
 * An object or, where the wire format allows either, an array of such objects or a string in their place: arrays are
 * walked item by item and strings are text.
 */
export type Shape = FieldsShape | TypedShape | ListShape;

/**
 * Says for every position of a body what is done there. It is data, so that it can be read, tested against the
 * official schemas and turned into documentation.
 */
export interface PositionTable {
  readonly root: Position;
  readonly shapes: Readonly<Record<string, Shape>>;
}
