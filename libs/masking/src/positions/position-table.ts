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

/**
 * Who wrote what is inside a shape; without a word of it the client did. What a model wrote may come back from a reply
 * that was restored; what a tool returned is no word of the client's, so no host in it is trusted.
 */
export type Author = 'client' | 'model' | 'tool';

interface AuthoredShape {
  readonly author?: Author;
}

/** An object, by the names of its members. */
export interface FieldsShape extends AuthoredShape {
  readonly fields: Readonly<Record<string, Position>>;
  /** For members that `fields` does not name. */
  readonly rest: Position;
}

/** An object, by a member that says what it is. */
export interface TypedShape extends AuthoredShape {
  /** Name of that member; `type` unless it is given. */
  readonly by?: string;
  readonly types: Readonly<Record<string, Position>>;
  /** For objects of another type, or of none. */
  readonly rest: Position;
}

/** An array whose first item differs. */
export interface ListShape extends AuthoredShape {
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
