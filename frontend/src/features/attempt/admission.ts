import type { Admission } from "@/shared/api";

const kept = new Map<string, Admission>();

/** Keeps the ticket of an attempt on this device. */
export async function keepAdmission(admission: Admission): Promise<void> {
  kept.set(admission.attempt_id, admission);
}
