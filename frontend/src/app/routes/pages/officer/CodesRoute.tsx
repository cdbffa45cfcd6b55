import { CodesPage } from "@/features/roster/CodesPage";
import { useSitting } from "./useSitting";

export function CodesRoute() {
  return <CodesPage sitting={useSitting()} />;
}
