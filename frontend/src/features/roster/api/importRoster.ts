import { api, take } from "@/shared/api";
import type { RosterReport } from "@/shared/api/types-officer";

/** Enrols everybody in a CSV text, or nobody. A dry run changes nothing and says what would become of it. */
export function importRoster(
  sittingId: string,
  csv: string,
  options: { dryRun: boolean; allowClash: boolean },
): Promise<RosterReport> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/roster/import", {
      params: {
        path: { sitting_id: sittingId },
        query: { dry_run: options.dryRun, allow_clash: options.allowClash },
      },
      body: csv,
      bodySerializer: (text: string) => text,
      headers: { "Content-Type": "text/csv" },
    }),
  );
}
