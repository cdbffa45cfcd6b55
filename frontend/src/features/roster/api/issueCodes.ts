import { api, take } from "@/shared/api";
import type { IssuedCodes } from "@/shared/api/types-officer";

export type Which = "missing" | "all";

/** Makes admission codes; they are in the answer, and nowhere else. */
export function issueCodes(sittingId: string, which: Which): Promise<IssuedCodes> {
  return take(
    api.POST("/api/v1/auth/sittings/{sitting_id}/admission-codes", {
      params: { path: { sitting_id: sittingId } },
      body: { which },
    }),
  );
}

/** Makes a new code for one candidate; the one that was printed stops working. */
export function issueCodeFor(sittingId: string, candidateId: string): Promise<IssuedCodes> {
  return take(
    api.POST("/api/v1/auth/sittings/{sitting_id}/admission-codes", {
      params: { path: { sitting_id: sittingId } },
      body: { which: "candidates", candidates: [candidateId] },
    }),
  );
}
