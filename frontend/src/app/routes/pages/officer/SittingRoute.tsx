import { Outlet, useNavigate } from "@tanstack/react-router";
import { EditSittingPage } from "@/features/sittings/EditSittingPage";
import { OverviewPage } from "@/features/sittings/OverviewPage";
import { SittingFrame } from "@/features/sittings/SittingFrame";
import { useSitting } from "./useSitting";

export function SittingRoute() {
  return (
    <SittingFrame sitting={useSitting()}>
      <Outlet />
    </SittingFrame>
  );
}

export function OverviewRoute() {
  return <OverviewPage sitting={useSitting()} />;
}

export function EditRoute() {
  const sitting = useSitting();
  const navigate = useNavigate();
  return (
    <EditSittingPage
      sitting={sitting}
      onDone={() =>
        void navigate({
          to: "/officer/sittings/$sittingId",
          params: { sittingId: sitting.id },
        })
      }
    />
  );
}
