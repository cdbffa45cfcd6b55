import { useState } from "react";
import { ApiError } from "@/shared/api";
import { randomUuid } from "@/shared/lib/uuid";

/**
 * Sends a request under a key by which the server knows it again: when the answer was lost and it is sent once more,
 * it is done once. `request` names all that is asked for; what asks for something else gets a key of its own.
 */
export function useOnce(): <T>(
  request: string,
  send: (idempotencyKey: string) => Promise<T>,
) => Promise<T> {
  const [keys] = useState(() => new Map<string, string>());
  return async (request, send) => {
    const key = keys.get(request) ?? randomUuid();
    keys.set(request, key);
    try {
      return await send(key);
    } catch (error) {
      // A refusal is kept with its key, too; whoever asks again wants to know how it stands now.
      if (isRefusal(error)) keys.delete(request);
      throw error;
    }
  };
}

/** Whether the server has decided against a request, so that nothing was done and nothing is being done. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && !error.transient && error.code !== "request.in_progress";
}
