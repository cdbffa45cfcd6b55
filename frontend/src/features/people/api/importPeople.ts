import { api, take } from "@/shared/api";
import type { ImportReport } from "@/shared/api/types-officer";

/** Takes people in from a CSV text: all of them, or none. A dry run changes nothing and answers the same. */
export function importPeople(
  csv: string,
  unitId: string | null,
  dryRun: boolean,
): Promise<ImportReport> {
  return take(
    api.POST("/api/v1/auth/people/import", {
      params: { query: { dry_run: dryRun, ...(unitId !== null && { unit_id: unitId }) } },
      body: csv,
      bodySerializer: (text: string) => text,
      headers: { "Content-Type": "text/csv" },
    }),
  );
}

/** Makes activation codes for people who have no password yet. */
export function issueActivationCodes(accounts: string[]) {
  return take(api.POST("/api/v1/auth/people/activation-codes", { body: { accounts } }));
}
