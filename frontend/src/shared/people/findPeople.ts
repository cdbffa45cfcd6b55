import { api, type Page, take } from "../api";
import type { FoundPerson } from "../api/types-officer";

/** People whom the person may find, by words of their name, number or user name. */
export function findPeople(words: string, after?: string): Promise<Page<FoundPerson>> {
  return take(
    api.GET("/api/v1/auth/people", {
      params: { query: { q: words, limit: 50, ...(after !== undefined && { after }) } },
    }),
  );
}
