import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";
import type { Outage } from "@/shared/api/types-officer";

/** When the server took no answers of a sitting, the newest first: the live list and the sitting's page show it. */
export const outagesQuery = (sittingId: string) =>
  queryOptions({
    queryKey: ["sittings", "outages", sittingId],
    queryFn: async (): Promise<Outage[]> => {
      const { outages } = await take(
        api.GET("/api/v1/exams/sittings/{sitting_id}/outages", {
          params: { path: { sitting_id: sittingId } },
        }),
      );
      return outages;
    },
  });
