import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./problem";

const RETRIES_MAX = 2;

/** The server's state as this page last heard it. Refusals aren't asked again; a lost network is. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < RETRIES_MAX && error instanceof ApiError && error.transient,
      throwOnError: false,
    },
    mutations: { retry: false },
  },
});
