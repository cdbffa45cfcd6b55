import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ViolationsPage } from "@/features/violations/ViolationsPage";
import { useSitting } from "./useSitting";

const route = getRouteApi("/staff/officer/sittings/$sittingId/violations");

export function ViolationsRoute() {
  const sitting = useSitting();
  const { attempt } = route.useSearch();
  const navigate = useNavigate();
  return (
    <ViolationsPage
      sitting={sitting}
      attemptId={attempt ?? null}
      onChoose={(next) =>
        void navigate({
          to: "/officer/sittings/$sittingId/violations",
          params: { sittingId: sitting.id },
          search: next === null ? {} : { attempt: next },
          replace: true,
        })
      }
    />
  );
}
