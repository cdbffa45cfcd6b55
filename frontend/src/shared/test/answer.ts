import { HttpResponse, http, type JsonBodyType } from "msw";
import type { Page, paths } from "../api";
import { server } from "./server";

type Method = "get" | "post" | "put" | "delete";
/** What an operation replies when it succeeds; nothing where it has no body. */
type Body<Operation> = Operation extends { responses: infer Responses }
  ? Responses[keyof Responses & (200 | 201 | 202)] extends {
      content: { "application/json": infer Json };
    }
    ? Wide<Json>
    : null
  : never;
/** The generator writes "an object with a tag and nothing else" as an object that can't hold anything. */
type Wide<T> = T extends readonly (infer Item)[]
  ? Wide<Item>[]
  : T extends object
    ? string extends keyof T
      ? object
      : { [Member in keyof T]: Wide<T[Member]> }
    : T;

/** A request as the server saw it. */
export interface Asked {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** JSON, or a form with a file. */
  body: unknown;
}

type Replied<P extends keyof paths, M extends keyof paths[P]> = Body<paths[P][M]> | Response;
type Replying<P extends keyof paths, M extends keyof paths[P]> = (
  asked: Asked,
) => Replied<P, M> | Promise<Replied<P, M>>;

/**
 * Lets the server answer one operation of the API, and hands out what it was asked, in order. Address and reply are those
 * of the generated types: a mock can't promise what the server wouldn't send.
 */
export function answer<P extends keyof paths, M extends Method & keyof paths[P]>(
  method: M,
  path: P,
  reply: Replied<P, M> | Replying<P, M>,
): Asked[] {
  const all: Asked[] = [];
  const address = addressOf(path);
  server.use(
    http[method](address, async ({ request }) => {
      const url = new URL(request.url);
      const asked: Asked = {
        params: { ...address.exec(url.origin + url.pathname)?.groups },
        query: url.searchParams,
        body: await bodyOf(request),
      };
      all.push(asked);
      const replied = typeof reply === "function" ? await (reply as Replying<P, M>)(asked) : reply;
      if (replied instanceof Response) return replied.clone();
      return replied === null
        ? new HttpResponse(null, { status: 204 })
        : HttpResponse.json(replied as JsonBodyType);
    }),
  );
  return all;
}

/** Ids have a dash in them or are numbers, so that `/questions/{question_id}` isn't `/questions/search`. */
function addressOf(path: string): RegExp {
  const pattern = path.replace(/\{(\w+)\}/g, "(?<$1>[^/]*-[^/]*|\\d+)");
  return new RegExp(`^https?://[^/]+${pattern}$`);
}

async function bodyOf(request: Request): Promise<unknown> {
  const type = request.headers.get("Content-Type") ?? "";
  if (type.startsWith("application/json")) return request.json();
  return type.startsWith("multipart/form-data") ? request.formData() : undefined;
}

/** All there is, on one page. */
export const page = <T>(...items: T[]): Page<T> => ({ items, next: null });
