import { reconnectAfter } from "@/shared/push";
import type { AttemptAccess } from "./attemptApi";

const RECONNECT_FIRST_MS = 1_000;
const RECONNECT_MAX_MS = 30_000;

/**
 * Listens for hints that the attempt has changed (extra time, a pause). A hint carries no state; whoever is told goes
 * and asks. The channel may be away at any time: polling is the fallback.
 */
export function watchAttempt({ attemptId, ticket }: AttemptAccess, onHint: () => void): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = RECONNECT_FIRST_MS;
  let ended = false;

  const connect = () => {
    const { protocol, host } = window.location;
    socket = new WebSocket(`${protocol === "https:" ? "wss" : "ws"}://${host}/ws`);
    // The ticket travels in the first message, never in the address, which proxies write down.
    socket.onopen = () => socket?.send(JSON.stringify({ type: "hello", ticket }));
    socket.onmessage = ({ data }) => {
      delay = RECONNECT_FIRST_MS;
      if (namesAttempt(data, attemptId)) onHint();
    };
    socket.onclose = ({ code }) => {
      if (ended) return;
      timer = setTimeout(connect, reconnectAfter(code, delay));
      delay = Math.min(delay * 2, RECONNECT_MAX_MS);
    };
  };
  connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
  };
}

function namesAttempt(data: unknown, attemptId: string): boolean {
  if (typeof data !== "string") return false;
  try {
    const message: unknown = JSON.parse(data);
    if (typeof message !== "object" || message === null) return false;
    const { type, attempt_id } = message as Record<string, unknown>;
    return type === "attempt" && attempt_id === attemptId;
  } catch {
    return false;
  }
}
