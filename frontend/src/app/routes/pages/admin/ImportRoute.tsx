import { ImportPeoplePage } from "@/features/people/ImportPeoplePage";

export function ImportPeopleRoute() {
  return <ImportPeoplePage />;
}
