import { FindPeoplePage } from "@/features/people/FindPeoplePage";

export function PeopleRoute() {
  return <FindPeoplePage />;
}
