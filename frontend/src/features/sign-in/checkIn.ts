import { type Admission, anonymousApi, take } from "@/shared/api";

/** Proves who a candidate is by the code on their sheet; yields the exam ticket. */
export function checkIn(code: string): Promise<Admission> {
  return take(anonymousApi.POST("/api/v1/auth/check-in", { body: { code: code.trim() } }));
}
