import { AuditPage } from "@/features/audit/AuditPage";

export function AuditRoute() {
  return <AuditPage />;
}
