import createClient, { type Client, type Middleware } from "openapi-fetch";
import { clock } from "../time/clock";
import { ApiError, problemFrom } from "./problem";
import type { Sent } from "./sent";
import { accessToken, renewSession } from "./session";
import type { paths } from "./types";

export type ApiClient = Client<paths>;

/** Fetches with the person's token; a refused token is renewed once, silently. */
async function fetchSignedIn(request: Request): Promise<Response> {
  const send = async (again: Request) => {
    const token = await accessToken();
    if (token !== null) again.headers.set("Authorization", `Bearer ${token}`);
    return fetch(again);
  };
  const spare = request.clone();
  const response = await send(request);
  if (response.status !== 401) return response;
  return (await renewSession()) ? send(spare) : response;
}

/** Turns every refusal into an `ApiError`, and the lack of an answer too. */
const refusals: Middleware = {
  onResponse: async ({ response }) => {
    if (!response.ok) throw await problemFrom(response);
  },
  onError: ({ error }) => {
    if (error instanceof ApiError || (error instanceof DOMException && error.name === "AbortError"))
      return;
    return ApiError.offline(error);
  },
};

/** Same origin unless the page says otherwise: one built image serves every environment. */
const baseUrl = () => globalThis.location.origin;

/** The client of people who signed in: staff, and candidates outside the player. */
export const api: ApiClient = createClient<paths>({ baseUrl: baseUrl(), fetch: fetchSignedIn });
api.use(refusals);

/** Sign-in itself: no token, no renewal. */
export const anonymousApi: ApiClient = createClient<paths>({
  baseUrl: baseUrl(),
  fetch: (request) => fetch(request),
});
anonymousApi.use(refusals);

/** The client of one attempt: carries the exam ticket, never the person's token, and never renews or redirects. */
export function ticketApi(ticket: string): ApiClient {
  const client = createClient<paths>({
    baseUrl: baseUrl(),
    credentials: "omit",
    headers: { "Exam-Ticket": ticket },
    fetch: (request) => fetch(request),
  });
  client.use(refusals);
  return client;
}

/** The body of a reply; a refusal is thrown as `ApiError`. */
export async function take<T>(reply: Promise<{ data?: T; response: Response }>): Promise<Sent<T>> {
  const { data } = await reply;
  // Refusals were thrown before; what has no body is typed as undefined.
  return data as Sent<T>;
}

/** As `take`, for replies that carry the server's time: corrects the page's clock on the way. */
export async function takeTimed<T>(
  reply: Promise<{ data?: T; response: Response }>,
  serverTime: (body: Sent<T>) => string,
): Promise<Sent<T>> {
  const sentAt = clock.mark();
  const body = await take(reply);
  const at = Date.parse(serverTime(body));
  if (!Number.isNaN(at)) clock.read(at, sentAt, clock.mark());
  return body;
}
