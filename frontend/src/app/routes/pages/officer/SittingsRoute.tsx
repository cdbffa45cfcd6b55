import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { NewSittingPage } from "@/features/sittings/NewSittingPage";
import { SittingsPage } from "@/features/sittings/SittingsPage";

const route = getRouteApi("/staff/officer/new");

export function SittingsRoute() {
  return <SittingsPage />;
}

export function NewSittingRoute() {
  const { replaces } = route.useSearch();
  const navigate = useNavigate();
  return (
    <NewSittingPage
      replaces={replaces ?? null}
      onScheduled={(sitting) =>
        void navigate({
          to: "/officer/sittings/$sittingId",
          params: { sittingId: sitting.id },
        })
      }
    />
  );
}
