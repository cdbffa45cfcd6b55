import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { sittingQuery } from "@/features/sittings/api/getSitting";
import type { Sitting } from "@/shared/api/types-officer";

const route = getRouteApi("/staff/officer/sittings/$sittingId");

/** The sitting that the address names; the route's loader has fetched it. */
export function useSitting(): Sitting {
  const { sittingId } = route.useParams();
  return useSuspenseQuery(sittingQuery(sittingId)).data;
}
