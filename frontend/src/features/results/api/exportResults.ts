import { api, take } from "@/shared/api";

/** A sitting's results as a CSV file: a line per candidate, a column per question. */
export async function exportResults(sittingId: string): Promise<Blob> {
  const file: unknown = await take(
    api.GET("/api/v1/exams/sittings/{sitting_id}/results/export", {
      params: { path: { sitting_id: sittingId } },
      parseAs: "blob",
    }),
  );
  if (!(file instanceof Blob)) throw new Error("the export is no file");
  return file;
}
