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
  let wasLost = false;

  const connect = () => {
    const { protocol, host } = window.location;
    socket = new WebSocket(`${protocol === "https:" ? "wss" : "ws"}://${host}/ws`);
    // The ticket travels in the first message, never in the address, which proxies write down.
    socket.onopen = () => socket?.send(JSON.stringify({ type: "hello", ticket }));
    socket.onmessage = ({ data }) => {
      delay = RECONNECT_FIRST_MS;
      const { type, attempt_id } = read(data);
      if (type === "attempt" && attempt_id === attemptId) onHint();
      // A hint may have come and gone while nobody listened.
      if (type === "ready" && wasLost) onHint();
    };
    socket.onclose = ({ code }) => {
      if (ended) return;
      wasLost = true;
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

function read(data: unknown): Record<string, unknown> {
  if (typeof data !== "string") return {};
  try {
    const message: unknown = JSON.parse(data);
    return typeof message === "object" && message !== null ? { ...message } : {};
  } catch {
    return {};
  }
}
