import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** The sittings of one's units of which responses wait for a marker. */
export const toMarkQuery = queryOptions({
  queryKey: ["sittings", "waiting"],
  queryFn: async () => (await take(api.GET("/api/v1/exams/to-mark"))).sittings,
});
