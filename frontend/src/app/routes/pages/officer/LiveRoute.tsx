import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { LivePage } from "@/features/live/LivePage";
import { VIEWS } from "@/features/live/triage";
import { useSitting } from "./useSitting";

const route = getRouteApi("/staff/officer/sittings/$sittingId/live");

export function LiveRoute() {
  const sitting = useSitting();
  const { show } = route.useSearch();
  const navigate = useNavigate();
  return (
    <LivePage
      sitting={sitting}
      view={VIEWS.find((view) => view === show) ?? "all"}
      onView={(view) =>
        void navigate({
          to: "/officer/sittings/$sittingId/live",
          params: { sittingId: sitting.id },
          search: view === "all" ? {} : { show: view },
          replace: true,
        })
      }
    />
  );
}
