/**
 * A type as our server sends it. The OpenAPI document marks a member that may be null as optional too, because a
 * request may leave it out; in replies the server always writes it.
 */
export type Sent<T> = T extends ((...args: never[]) => unknown) | Blob
  ? T
  : T extends readonly (infer Item)[]
    ? Sent<Item>[]
    : T extends object
      ? { [Member in keyof T]-?: Sent<Exclude<T[Member], undefined>> }
      : T;
