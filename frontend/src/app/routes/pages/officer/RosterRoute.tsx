import { ImportRosterPage } from "@/features/roster/ImportRosterPage";
import { RosterPage } from "@/features/roster/RosterPage";
import { useSitting } from "./useSitting";

export function RosterRoute() {
  return <RosterPage sitting={useSitting()} />;
}

export function RosterImportRoute() {
  return <ImportRosterPage sitting={useSitting()} />;
}
