import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";
import type { ResponseToMark } from "@/shared/api/types-officer";

/** How the marking of a sitting stands, and the questions that people mark. */
export const markingQuery = (sittingId: string) =>
  queryOptions({
    queryKey: ["sittings", "marking", sittingId],
    queryFn: () =>
      take(
        api.GET("/api/v1/exams/sittings/{sitting_id}/marking", {
          params: { path: { sitting_id: sittingId } },
        }),
      ),
  });

/** The responses to one question, without names, in an order of chance that stays the same. */
export const responsesQuery = (sittingId: string, questionId: string) =>
  infiniteQueryOptions({
    queryKey: ["sittings", "to mark", sittingId, questionId],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/exams/sittings/{sitting_id}/marking/{question_id}", {
          params: {
            path: { sitting_id: sittingId, question_id: questionId },
            query: { limit: 200, ...(pageParam !== null && { after: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // A list that is read anew under a marker's hands would lose their place.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

/** Gives a response its points. Marking it again replaces the mark. */
export function markResponse(
  sittingId: string,
  questionId: string,
  responseRef: string,
  points: number,
  comment: string,
): Promise<ResponseToMark> {
  return take(
    api.PUT(
      "/api/v1/exams/sittings/{sitting_id}/marking/{question_id}/responses/{response_ref}/mark",
      {
        params: {
          path: { sitting_id: sittingId, question_id: questionId, response_ref: responseRef },
        },
        body: { points, comment },
      },
    ),
  );
}

/** A file of a response, as a download. */
export async function fileToMark(
  sittingId: string,
  questionId: string,
  responseRef: string,
  fileId: string,
): Promise<Blob> {
  const file: unknown = await take(
    api.GET(
      "/api/v1/exams/sittings/{sitting_id}/marking/{question_id}/responses/{response_ref}/files/{file_id}",
      {
        params: {
          path: {
            sitting_id: sittingId,
            question_id: questionId,
            response_ref: responseRef,
            file_id: fileId,
          },
        },
        parseAs: "blob",
      },
    ),
  );
  if (!(file instanceof Blob)) throw new Error("the answer is no file");
  return file;
}
