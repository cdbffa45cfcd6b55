import { accessToken } from "../api";
import { reconnectAfter } from "./reconnect";

const RECONNECT_FIRST_MS = 1_000;
const RECONNECT_MAX_MS = 30_000;

/**
 * Listens for hints that something in a sitting has changed. A hint carries no state; whoever is told goes and asks.
 * `onConnected` tells whether hints can come; while they can't, polling has to do.
 */
export function watchSitting(
  sittingId: string,
  onHint: () => void,
  onConnected: (connected: boolean) => void = () => undefined,
): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = RECONNECT_FIRST_MS;
  let ended = false;

  const again = (code = 0) => {
    onConnected(false);
    if (ended) return;
    timer = setTimeout(() => void connect(), reconnectAfter(code, delay));
    delay = Math.min(delay * 2, RECONNECT_MAX_MS);
  };
  const connect = async () => {
    let token: string | null = null;
    try {
      token = await accessToken();
    } catch {
      // the server is away; the next try asks again
    }
    if (ended) return;
    if (token === null) return again();
    const { protocol, host } = window.location;
    socket = new WebSocket(`${protocol === "https:" ? "wss" : "ws"}://${host}/ws`);
    // The token travels in the first message, never in the address, which proxies write down.
    socket.onopen = () =>
      socket?.send(JSON.stringify({ type: "hello", token, sitting_id: sittingId }));
    socket.onmessage = ({ data }) => {
      const type = kindOf(data, sittingId);
      if (type === null || type === "refused") return;
      delay = RECONNECT_FIRST_MS;
      onConnected(true);
      if (type === "sitting") onHint();
    };
    socket.onclose = ({ code }) => again(code);
  };
  void connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
  };
}

function kindOf(data: unknown, sittingId: string): "ready" | "sitting" | "refused" | null {
  if (typeof data !== "string") return null;
  try {
    const message: unknown = JSON.parse(data);
    if (typeof message !== "object" || message === null) return null;
    const { type, sitting_id } = message as Record<string, unknown>;
    if (type === "ready" || type === "refused") return type;
    return type === "sitting" && sitting_id === sittingId ? "sitting" : null;
  } catch {
    return null;
  }
}
