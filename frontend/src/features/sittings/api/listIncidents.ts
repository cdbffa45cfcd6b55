import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";
import type { Incident } from "@/shared/api/types-officer";

/** What happened in a sitting, the newest first. */
export const incidentsQuery = (sittingId: string) =>
  queryOptions({
    queryKey: ["sittings", "incidents", sittingId],
    queryFn: async (): Promise<Incident[]> => {
      const { incidents } = await take(
        api.GET("/api/v1/exams/sittings/{sitting_id}/incidents", {
          params: { path: { sitting_id: sittingId } },
        }),
      );
      return incidents;
    },
  });
