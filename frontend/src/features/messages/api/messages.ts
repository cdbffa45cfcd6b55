import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** One's messages, newest first, with how many aren't read. */
export const inboxQuery = () =>
  infiniteQueryOptions({
    queryKey: ["messages", "inbox"],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/notifications", {
          params: { query: { limit: 50, ...(pageParam !== null && { after: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** How many messages aren't read. */
export const unreadQuery = () =>
  queryOptions({
    queryKey: ["messages", "unread"],
    queryFn: async () => {
      const inbox = await take(
        api.GET("/api/v1/notifications", { params: { query: { limit: 1 } } }),
      );
      return inbox.unread;
    },
    refetchInterval: 60_000,
  });

/** Notes that one has read a message. */
export function markRead(id: string) {
  return take(
    api.POST("/api/v1/notifications/{message_id}/read", { params: { path: { message_id: id } } }),
  );
}

/** Notes that one has read all messages up to the newest that was seen. */
export function markAllRead(newestSeen: string) {
  return take(api.POST("/api/v1/notifications/read-all", { body: { newest_seen: newestSeen } }));
}
