import { queryOptions } from "@tanstack/react-query";
import { api, take } from "../api";

/** The units that the person may see, parents before children. */
export const unitsQuery = (archived = false) =>
  queryOptions({
    queryKey: ["units", { archived }],
    queryFn: () => take(api.GET("/api/v1/auth/units", { params: { query: { archived } } })),
    select: ({ items }) => items,
    // The organisation changes a few times a term.
    staleTime: 60_000,
  });
