import { api, type ImportReport, take } from "@/shared/api";

export const ENCODINGS = ["utf8", "gb18030", "gbk", "windows-1252"] as const;
export const WEIGHTS = ["refuse", "nearest", "keep"] as const;

/** How a file is to be read, and what becomes of its questions. */
export interface ImportOptions {
  encoding: (typeof ENCODINGS)[number];
  weights: (typeof WEIGHTS)[number];
  state: "draft" | "ready";
  /** Whether one refused question holds back all the others. */
  all_or_nothing: boolean;
}

/** Reads a GIFT file into a bank; `dryRun` only says what would become of it. */
export function importQuestions(
  bankId: string,
  file: File,
  options: ImportOptions,
  dryRun: boolean,
): Promise<ImportReport> {
  const form = new FormData();
  form.set("file", file);
  return take(
    api.POST("/api/v1/questions/banks/{bank_id}/import", {
      params: {
        path: { bank_id: bankId },
        query: { format: "gift", dry_run: dryRun, ...options },
      },
      body: { file: file.name },
      bodySerializer: () => form,
    }),
  );
}
