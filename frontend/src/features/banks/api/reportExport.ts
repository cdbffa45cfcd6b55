import { queryOptions } from "@tanstack/react-query";
import { api, type ExportReport, take } from "@/shared/api";

/** What would not fit into an export. */
export const exportReportQuery = (bankId: string, categoryId: string | null) =>
  queryOptions({
    queryKey: ["banks", bankId, "export", categoryId],
    queryFn: ({ signal }): Promise<ExportReport> =>
      take(
        api.GET("/api/v1/questions/banks/{bank_id}/export/report", {
          params: {
            path: { bank_id: bankId },
            query: { format: "gift", ...(categoryId !== null && { category_id: categoryId }) },
          },
          signal,
        }),
      ),
  });
