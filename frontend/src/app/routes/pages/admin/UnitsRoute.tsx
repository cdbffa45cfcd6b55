import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { UnitsPage } from "@/features/units/UnitsPage";

const route = getRouteApi("/staff/admin/units");

export function UnitsRoute() {
  const { unit } = route.useSearch();
  const navigate = useNavigate();
  return (
    <UnitsPage
      chosen={unit ?? null}
      onChoose={(next) =>
        void navigate({ to: "/admin/units", search: next === null ? {} : { unit: next } })
      }
    />
  );
}
