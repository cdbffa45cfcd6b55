import { BanksRoute } from "./BanksRoute";

export function HomeRoute() {
  return <BanksRoute />;
}
