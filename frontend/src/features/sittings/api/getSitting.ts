import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

export const sittingQuery = (id: string) =>
  queryOptions({
    queryKey: ["sittings", "one", id],
    queryFn: () =>
      take(
        api.GET("/api/v1/exams/sittings/{sitting_id}", { params: { path: { sitting_id: id } } }),
      ),
  });
