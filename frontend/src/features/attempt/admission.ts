import { type Admission, api, currentSession, renewSession, take } from "@/shared/api";
import { forgetTicket, keepTicket, keptTicket } from "./journal/device";

/** Keeps the ticket of an attempt on this device. */
export const keepAdmission = keepTicket;

/** The ticket for an attempt: the one on this device, else one for the signed-in candidate; null without either. */
export async function admissionTo(attemptId: string): Promise<Admission | null> {
  const kept = await keptTicket(attemptId);
  if (kept !== null) return kept;
  if (currentSession().state === "unknown") await renewSession();
  if (currentSession().state !== "signed_in") return null;
  return requestAdmission(attemptId);
}

/** A fresh ticket for the signed-in candidate. */
export async function requestAdmission(attemptId: string): Promise<Admission> {
  const admission = await take(
    api.POST("/api/v1/auth/me/admissions/{attempt_id}/ticket", {
      params: { path: { attempt_id: attemptId } },
    }),
  );
  await keepTicket(admission);
  return admission;
}

export { forgetTicket };
