import { ImportPage } from "@/features/import/ImportPage";
import { useBank } from "./BankRoute";

export function ImportRoute() {
  return <ImportPage bank={useBank()} />;
}
