/** The server restarts and tells its sockets to move (RFC 6455's registry): another one is there already. */
const MOVED = 1012;
/** The sockets of a hall come back within this time, and not all in one moment. */
const MOVE_WITHIN_MS = 2_000;

/** How long to wait, in milliseconds, before a socket that closed with `code` is opened again. */
export function reconnectAfter(code: number, delayMs: number, chance = Math.random()): number {
  return code === MOVED ? chance * MOVE_WITHIN_MS : delayMs * (0.5 + chance);
}
