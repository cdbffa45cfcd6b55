import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, type Role, take } from "@/shared/api";

export interface AccountFilter {
  words: string;
  role: Role | null;
  unitId: string | null;
}

/** The accounts that the person manages, in the order of the user name. */
export const accountsQuery = ({ words, role, unitId }: AccountFilter) =>
  infiniteQueryOptions({
    queryKey: ["accounts", "list", { words, role, unitId }],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/auth/accounts", {
          params: {
            query: {
              limit: 100,
              ...(words !== "" && { q: words }),
              ...(role !== null && { role }),
              ...(unitId !== null && { unit_id: unitId }),
              ...(pageParam !== null && { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
