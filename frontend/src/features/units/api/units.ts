import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";
import type { NewTerm, NewUnit, Term, Unit, UnitChange } from "@/shared/api/types-officer";

/** Makes a unit; its kind and place never change. */
export function createUnit(body: NewUnit): Promise<Unit> {
  return take(api.POST("/api/v1/auth/units", { body }));
}

/** Renames a unit, or archives it. */
export function updateUnit(id: string, body: UnitChange): Promise<Unit> {
  return take(
    api.PATCH("/api/v1/auth/units/{unit_id}", { params: { path: { unit_id: id } }, body }),
  );
}

/** Who belongs to a unit, in the order of the user name. */
export const membersQuery = (unitId: string) =>
  infiniteQueryOptions({
    queryKey: ["units", "members", unitId],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/auth/units/{unit_id}/members", {
          params: {
            path: { unit_id: unitId },
            query: { limit: 100, ...(pageParam !== null && { after: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export function addMember(unitId: string, accountId: string) {
  return take(
    api.POST("/api/v1/auth/units/{unit_id}/members", {
      params: { path: { unit_id: unitId } },
      body: { accounts: [accountId] },
    }),
  );
}

export async function removeMember(unitId: string, accountId: string): Promise<void> {
  await take(
    api.DELETE("/api/v1/auth/units/{unit_id}/members/{account_id}", {
      params: { path: { unit_id: unitId, account_id: accountId } },
    }),
  );
}

/** The institution's terms, latest first. */
export const termsQuery = () =>
  queryOptions({
    queryKey: ["terms"],
    queryFn: () => take(api.GET("/api/v1/auth/terms")),
    select: ({ items }) => items,
    staleTime: 60_000,
  });

/** Makes a term, or writes the one of this id anew. */
export function putTerm(id: string | null, body: NewTerm): Promise<Term> {
  return take(
    id === null
      ? api.POST("/api/v1/auth/terms", { body })
      : api.PUT("/api/v1/auth/terms/{term_id}", { params: { path: { term_id: id } }, body }),
  );
}
